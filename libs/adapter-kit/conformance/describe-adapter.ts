import type { Adapter } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { checks } from './checks.ts';
import { fixtureChecks } from './fixture-checks.ts';
import { readFixtures } from './fixtures.ts';
import { recorded } from './recorded.ts';
import { modeOf, withTrial, type TrialOptions } from './trial.ts';

/**
 * Registers the whole contract for one adapter in one mode, with the settings of its recorded finding. What the mode
 * rules out is named, never left out in silence; it is no skipped test, because it could never run.
 */
export function describeAdapter(adapter: Adapter, options: TrialOptions): void {
  const mode = modeOf(adapter, options);
  const fixtures = readFixtures(options.folder).filter((each) => each.mode === mode);
  const home = recorded(fixtures, 'found');
  describe(`${adapter.manifest.id} keeps the adapter contract in mode ${mode}`, () => {
    const [applying, ruledOut] = parted(checks, (check) => check.appliesTo?.({ adapter, mode }) !== false);
    for (const check of applying) {
      it(`${check.id} ${check.says}`, () =>
        withTrial(adapter, { ...options, ...(home && { fixture: home }) }, check.run));
    }
    it(`is not asked in mode ${mode}: ${ruledOut.map(({ id }) => id).join(', ')}`, () => {
      expect(applying.length + ruledOut.length).toBe(checks.length);
      expect(applying.length).toBeGreaterThan(mode === 'manual' ? 3 : ruledOut.length / 2); // a clerk has no wire
    });
    for (const { id, says, fixture, run } of fixtureChecks(fixtures)) {
      it(`${id} ${says}`, () => withTrial(adapter, { ...options, fixture }, run));
    }
  });
}

function parted<T>(all: readonly T[], belongs: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(belongs), all.filter((each) => !belongs(each))];
}
