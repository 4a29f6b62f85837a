import { describe, expect, it } from '@jest/globals';
import type { Answer, CoverageLine } from '#contracts';
import { account, found, line, mergeInput, minute, noAnswer, nothing, notAskedLine } from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';
import type { MergeInput } from './merge-input.ts';

const agencyId = 'bank.a';
const lineOf = (answers: readonly Answer[], changes: Partial<MergeInput> = {}): CoverageLine =>
  mergeReport(mergeInput({ plan: [line(agencyId, { dueAt: minute(60) })], answers, ...changes })).coverage.lines[0]!;
const at = (minutes: number) => new Map([[agencyId, minute(minutes)]]);
const lost = (minutes: number, attempt: number, nextAttemptAt: string | null = minute(minutes + 1)): Answer =>
  noAnswer({ agencyId, answerId: `ans_${attempt}`, receivedAt: minute(minutes), attempt, nextAttemptAt }, 'timed-out');

describe('a line that was not asked', () => {
  it('says why, and nothing else', () => {
    const plan = [notAskedLine(agencyId, { notAskedCause: 'not-entitled' })];
    expect(lineOf([], { plan })).toMatchObject({
      ...{ verdict: 'not-asked', notAskedCause: 'not-entitled', reason: null, stage: null, complete: null },
      ...{ channelId: null, requestNumber: null, assetCount: null, dueAt: null, slaBreached: false, maxAttempts: 0 },
    });
  });
});

describe('a line that waits', () => {
  it('goes from queued over sent to acknowledged', () => {
    expect(lineOf([])).toMatchObject({ verdict: 'no-answer', reason: 'pending', stage: 'queued', firstSentAt: null });
    expect(lineOf([], { sentAt: at(1) })).toMatchObject({
      stage: 'sent',
      firstSentAt: minute(1),
      acknowledgedAt: null,
    });
    expect(lineOf([], { sentAt: at(1), acknowledged: at(2) })).toMatchObject({
      stage: 'acknowledged',
      acknowledgedAt: minute(2),
    });
  });

  it('is held as long as the channel says so', () => {
    const held = noAnswer({ agencyId, nextAttemptAt: minute(9) }, 'pending', { stage: 'held' });
    expect(lineOf([held], { acknowledged: at(2) })).toMatchObject({
      stage: 'held',
      nextAttemptAt: minute(9),
      retryable: true,
    });
  });

  it('turns overdue at its own due time, by the state of the report', () => {
    expect(lineOf([], { acknowledged: at(59) }).reason).toBe('pending');
    expect(lineOf([], { acknowledged: at(60) })).toMatchObject({ reason: 'overdue', stage: null, slaBreached: true });
  });
});

describe('a line that failed', () => {
  it('shows its latest attempt, whatever came in last', () => {
    const shown = lineOf([lost(9, 2), lost(5, 1)]);
    expect(shown).toMatchObject({
      reason: 'timed-out',
      attempts: 2,
      maxAttempts: 4,
      nextAttemptAt: minute(10),
      retryable: true,
    });
  });

  it('keeps its last reason after the due time, without a next attempt', () => {
    expect(lineOf([lost(9, 2)], { closedAt: minute(60) })).toMatchObject({
      ...{ reason: 'timed-out', nextAttemptAt: null, retryable: false, slaBreached: true },
    });
  });

  it('counts the days of an objection from the day it reached the court', () => {
    const words = {
      reasonText: '无管辖权',
      contactName: '李四',
      contactPhone: '010-00000000',
      receivedOn: '2026-02-20',
    };
    expect(lineOf([noAnswer({ agencyId, receivedAt: '2026-03-01T17:00:00Z' }, 'objected', words)])).toMatchObject({
      decideBy: '2026-03-07',
    });
  });

  it('is held while the inquiry is, and overdue all the same', () => {
    expect(lineOf([], { paused: true })).toMatchObject({ reason: 'pending', stage: 'held' });
    expect(lineOf([], { paused: true, closedAt: minute(60) })).toMatchObject({ reason: 'overdue', stage: null });
  });

  it('has 15 days to decide about an objection', () => {
    const words = { reasonText: '无管辖权', contactName: '李四', contactPhone: '010-00000000' };
    expect(lineOf([noAnswer({ agencyId, receivedAt: '2026-03-01T17:00:00Z' }, 'objected', words)])).toMatchObject({
      ...{ ...words, decideBy: '2026-03-17', answerId: 'ans_bank-a', answeredAt: null, signatureStatus: null },
    });
  });
});

describe('a withdrawn inquiry', () => {
  const cancelled = { at: minute(20), by: 'usr_02' };

  it('stops what waits or would be tried again', () => {
    for (const answers of [[], [lost(9, 2)]]) {
      expect(lineOf(answers, { cancelled })).toMatchObject({
        ...{ reason: 'cancelled', stage: null, cancelledBy: 'usr_02', cancelledAt: minute(20), nextAttemptAt: null },
      });
    }
  });

  it('leaves reasons that stand, and answers that come all the same', () => {
    expect(lineOf([noAnswer({ agencyId }, 'refused')], { cancelled }).reason).toBe('refused');
    expect(lineOf([lost(9, 4, null)], { cancelled }).reason).toBe('timed-out');
    expect(lineOf([nothing({ agencyId, receivedAt: minute(30) })], { cancelled }).verdict).toBe('nothing');
  });
});

describe('an answered line', () => {
  it('tells when, by what, and how late', () => {
    const late = found({ agencyId, receivedAt: minute(61) }, [account(), account()], {
      sections: [
        { name: 'encumbrances', verdict: 'no-answer', reason: 'unavailable' },
        { name: 'accounts', verdict: 'found', reason: null },
      ],
    });
    const shown = lineOf([lost(9, 2), late]);
    expect(shown).toMatchObject({
      ...{ verdict: 'found', complete: false, identityMatched: true, answeredAt: minute(61), slaBreached: true },
      ...{ assetCount: 1, candidateCount: 0, signatureStatus: 'valid', asOfKind: 'reply-time', reason: null },
    });
    expect(shown.sections.map(({ name }) => name)).toEqual(['accounts', 'encumbrances']);
  });

  it('of a requested section that was left out proves no absence', () => {
    const sections = [{ name: 'accounts', verdict: 'not-asked', reason: null } as const];
    expect(lineOf([nothing({ agencyId }, { sections })])).toMatchObject({ verdict: 'nothing', provesAbsence: false });
  });
});
