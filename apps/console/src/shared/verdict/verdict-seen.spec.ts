import { describe, expect, it } from '@jest/globals';
import { type LineToShow, verdictSeen } from './verdict-seen.ts';

const line: LineToShow = {
  verdict: 'no-answer',
  reason: 'pending',
  notAskedCause: null,
  complete: null,
  assetCount: null,
  provesAbsence: false,
  suspicious: 'none',
  dueAt: '2026-11-22T10:00:00+08:00',
  slaBreached: false,
};

describe('a line that has no answer', () => {
  it('is waited for before its due time, and missing after it', () => {
    expect(verdictSeen(line, '2026-11-22T09:59:59+08:00')).toEqual({
      verdict: 'no-answer',
      reason: 'pending',
      due: false,
    });
    expect(verdictSeen(line, '2026-11-22T02:00:00Z')).toEqual({ verdict: 'no-answer', reason: 'overdue', due: true });
  });

  it('keeps the reason of a failure', () => {
    expect(verdictSeen({ ...line, reason: 'breaker-open' }, '2026-11-23T00:00:00Z')).toMatchObject({
      reason: 'breaker-open',
    });
  });
});

it('says of an answer that proves little that it does', () => {
  const nothing: LineToShow = { ...line, verdict: 'nothing', reason: null, provesAbsence: true };
  expect(verdictSeen(nothing, null)).toEqual({ verdict: 'nothing', proof: 'established' });
  expect(verdictSeen({ ...nothing, suspicious: 'all-nothing' }, null)).toEqual({ verdict: 'nothing', proof: 'weak' });
  expect(verdictSeen({ ...nothing, provesAbsence: false }, null)).toEqual({ verdict: 'nothing', proof: 'weak' });
});
