import { AssertionError } from 'node:assert';
import type { Adapter } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { callMistakes } from './call-mistakes.ts';
import { checks } from './checks.ts';
import { fixtureChecks } from './fixture-checks.ts';
import { readFixtures } from './fixtures.ts';
import { mailboxMistakes } from './mailbox-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { boxOptions, deskOptions, hubOptions } from './sample/options.ts';
import { sampleBox } from './sample/sample-box/adapter.ts';
import { sampleDesk } from './sample/sample-desk/adapter.ts';
import { sampleHub } from './sample/sample-hub/adapter.ts';
import { ticketMistakes } from './ticket-mistakes.ts';
import { withTrial, type TrialOptions } from './trial.ts';

function describeMistakes(adapter: Adapter, options: TrialOptions, mistakes: Readonly<Record<string, Mistake>>): void {
  const every = [...checks, ...fixtureChecks(readFixtures(options.folder))];
  describe(`the conformance kit catches a ${adapter.manifest.modes.join()} adapter that`, () => {
    const cases = Object.entries(mistakes).flatMap(([name, { spoil, caughtBy }]) =>
      caughtBy.map((id) => ({ name, spoil, id })),
    );
    it.each(cases)('$name ($id)', async ({ spoil, id }) => {
      const check = every.find((each) => each.id === id);
      const wrong = withTrial(adapter, options, async (right) => {
        await check?.run({ ...right, ...spoil(right) });
      });
      await expect(wrong).rejects.toThrow(AssertionError);
    });
  });
}

describeMistakes(sampleHub, hubOptions, callMistakes);
describeMistakes(sampleDesk, deskOptions, ticketMistakes);
describeMistakes(sampleBox, boxOptions, mailboxMistakes);

describe('the conformance kit', () => {
  it('has a mistake for each of its checks', () => {
    const caught = new Set(
      [callMistakes, ticketMistakes, mailboxMistakes]
        .flatMap((each) => Object.values(each))
        .flatMap(({ caughtBy }) => caughtBy),
    );
    expect(checks.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
  });

  it('has one id for each check', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });
});
