import { describe, expect, it } from '@jest/globals';
import { type AgencyHistory, agencyHistorySchema, type Answer } from '#contracts';
import { emptyHistory, historyOf, joinHistories } from './agency-history.ts';
import { driftsOf, saysNothingToEverybody } from './drift.ts';
import { account, found, noAnswer, nothing } from './made-up-answers.spec.ts';

const agencyId = 'bank.a';
const finds = found({ agencyId }, [account()]);
const says = nothing({ agencyId });
const unread = noAnswer({ agencyId }, 'unintelligible');
const without = found({ agencyId }, [account({ availableBalance: null })]);
const warned = found({ agencyId }, [
  account({ warnings: [{ code: 'currency-unknown', path: '/currency', raw: '张三' }] }),
]);
const times = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer);

const historyOfAll = (answers: readonly Answer[]): AgencyHistory =>
  answers.reduce((history, answer) => joinHistories(history, historyOf(answer) ?? emptyHistory), emptyHistory);

describe('the history of an agency', () => {
  it('is the same in whatever pieces it was counted', () => {
    const answers = [...times(7, finds), ...times(9, says), ...times(3, unread), ...times(30, without), warned, finds];
    const whole = historyOfAll(answers);
    for (const cut of [1, 7, 12, 30, 50]) {
      expect(joinHistories(historyOfAll(answers.slice(0, cut)), historyOfAll(answers.slice(cut)))).toEqual(whole);
    }
    expect(agencyHistorySchema.safeParse(whole).error).toBeUndefined();
  });

  it('holds names of fields and codes, and no value', () => {
    const text = JSON.stringify(historyOfAll([finds, warned]));
    for (const value of ['张三', '6299990000000000012', '12500', '示例银行']) expect(text).not.toContain(value);
    expect(text).toContain('deposit-account.availableBalance');
  });

  it('learns nothing from an agency that did not speak, and nothing from a further part', () => {
    expect(historyOf(noAnswer({ agencyId }, 'timed-out'))).toBeNull();
    expect(historyOf(nothing({ agencyId }, { part: 'transactions' }))).toBeNull();
  });
});

describe('the all-nothing detector', () => {
  const suspects = (...answers: (readonly Answer[])[]) => saysNothingToEverybody(historyOfAll(answers.flat()), 200);

  it('suspects an agency that used to find something and has stopped', () => {
    expect(suspects(times(20, finds), times(20, says), times(199, says))).toBe(true);
    expect(suspects(times(20, finds), times(199, says))).toBe(false);
    expect(suspects(times(20, finds), times(200, says))).toBe(true);
  });

  it('suspects nobody who never found anything, found something since, or hardly ever does', () => {
    expect(suspects(times(1_000, says))).toBe(false);
    expect(suspects(times(20, finds), times(300, says), [finds])).toBe(false);
    expect(suspects([finds], times(400, says), [finds], times(250, says))).toBe(false);
  });

  it('counts no failure as nothing', () => {
    expect(suspects(times(20, finds), times(300, noAnswer({ agencyId }, 'timed-out')))).toBe(false);
    expect(suspects(times(20, finds), times(300, unread))).toBe(false);
  });
});

describe('the drift of shapes', () => {
  const drifts = (...answers: (readonly Answer[])[]) => driftsOf(historyOfAll(answers.flat()));

  it('is a field that was nearly always there and is missing now', () => {
    expect(drifts(times(30, finds), times(19, without))).toEqual([]);
    expect(drifts(times(30, finds), times(20, without))).toEqual(['missing deposit-account.availableBalance']);
    expect(drifts(times(30, finds), times(20, without), [finds])).toEqual([]);
    expect(drifts(times(29, finds), times(20, without))).toEqual([]);
    expect(drifts(times(30, finds), times(20, says))).toEqual(
      expect.not.arrayContaining([expect.stringMatching('missing')]),
    );
  });

  it('is a warning that never came and comes most of the time', () => {
    expect(drifts(times(30, finds), times(9, finds), times(11, warned))).toEqual(['new warning currency-unknown']);
    expect(drifts(times(30, finds), times(10, finds), times(10, warned))).toEqual([]);
    expect(drifts([warned], times(29, finds), times(9, finds), times(11, warned))).toEqual([]);
  });

  it('is a share of answers that cannot be read, where nearly all could', () => {
    expect(drifts(times(30, finds), times(9, finds), times(11, unread))).toEqual(['unintelligible']);
    expect(drifts(times(30, unread), times(20, unread))).toEqual([]);
  });
});
