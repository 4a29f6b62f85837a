import { describe, expect, it } from '@jest/globals';
import type { Answer, Report } from '#contracts';
import { account, found, hashOf, line, mergeInput, minute, noAnswer, nothing } from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';
import { contradictionsIn } from './standing-answers.ts';
import { causeOfVersion, newContradictions } from './version-cause.ts';

const agencyId = 'bank.a';
const inputOf = (answers: readonly Answer[]) => mergeInput({ plan: [line(agencyId)], answers });
const versionOf = (answers: readonly Answer[]): Report => ({
  ...{ ...mergeReport(inputOf(answers)), reportId: 'rep_01', reportVersion: 1, supersedes: null },
  ...{ contentHash: hashOf(answers), changes: null, signature: null },
});
const silent = noAnswer({ agencyId }, 'unavailable');
const first = found({ agencyId, answerId: 'ans_1' }, [account()]);
const second = nothing({ agencyId, answerId: 'ans_2', receivedAt: minute(9) });

describe('the cause of a version', () => {
  it.each<[string, readonly Answer[], readonly Answer[]]>([
    ['contradicted', [first], [first, second]],
    ['late-answer', [silent], [silent, { ...second, receivedAt: minute(700) }]],
    ['requery', [silent], [silent, { ...second, requestNumber: 'R-again' }]],
    ['settled', [silent], [silent, second]],
  ])('is %s', (cause, before, after) => {
    const contradictions = contradictionsIn(inputOf(after));
    const ground = { before: versionOf(before), body: mergeReport(inputOf(after)), contradictions };
    expect(causeOfVersion(ground, 'settled')).toBe(cause);
  });

  it('is no contradiction that the last version has already', () => {
    const contradictions = contradictionsIn(inputOf([first, second]));
    expect(newContradictions(contradictions, versionOf([first]))).toHaveLength(1);
    expect(newContradictions(contradictions, versionOf([first, second]))).toEqual([]);
    expect(newContradictions(contradictions, null)).toHaveLength(1);
  });
});
