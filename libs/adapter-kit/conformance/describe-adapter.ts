import type { Adapter } from '#contracts';
import { describe, it } from '@jest/globals';
import { checks } from './checks.ts';
import { fixtureChecks } from './fixture-checks.ts';
import { readFixtures } from './fixtures.ts';
import { recorded } from './recorded.ts';
import { modeOf, withTrial, type TrialOptions } from './trial.ts';

/**
 * Registers the whole contract for one adapter in one mode, with the settings of its recorded finding. What the mode
 * rules out is shown as skipped, never left out in silence.
 */
export function describeAdapter(adapter: Adapter, options: TrialOptions): void {
  const mode = modeOf(adapter, options);
  const fixtures = readFixtures(options.folder).filter((each) => each.mode === mode);
  const home = recorded(fixtures, 'found');
  describe(`${adapter.manifest.id} keeps the adapter contract in mode ${mode}`, () => {
    for (const check of checks) {
      const applies = check.appliesTo?.({ adapter, mode }) !== false;
      const register = applies ? it : it.skip;
      register(`${check.id} ${check.says}${applies ? '' : ` (not in mode ${mode})`}`, () =>
        withTrial(adapter, { ...options, ...(home && { fixture: home }) }, check.run),
      );
    }
    for (const { id, says, fixture, run } of fixtureChecks(fixtures)) {
      it(`${id} ${says}`, () => withTrial(adapter, { ...options, fixture }, run));
    }
  });
}
