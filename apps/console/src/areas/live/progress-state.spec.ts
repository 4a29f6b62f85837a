import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverageLine } from '../../shared/verdict/line-example.ts';
import { seenOf } from './line-now.ts';
import { type LinesTold, type ProgressState, readChanged, readLines, tallyOf, tell } from './progress-state.ts';

const lines = Array.from({ length: 5 }, (_, at) =>
  coverageLine({ agencyId: `bank.n${at}`, verdict: 'no-answer', reason: 'pending' }),
);
const start = readLines(lines, 10, null);
const one = (seq: number, at: number, verdict: 'found' | 'nothing' | 'no-answer'): LinesTold => ({
  seq,
  lines: [
    {
      ...{ agencyId: `bank.n${at}`, category: 'bank', verdict, answeredAt: null },
      reason: verdict === 'no-answer' ? 'timed-out' : null,
      assetCount: verdict === 'found' ? 2 : null,
    },
  ],
});

const told = (...each: Parameters<typeof one>): readonly LinesTold[] => [one(...each)];

describe('what events tell', () => {
  it('changes the line they are about, once', () => {
    const once = tell(start, told(11, 2, 'found'));
    expect(tallyOf(once.lines.values())).toEqual({ asked: 5, found: 1, nothing: 0, noAnswer: 4, notAsked: 0 });
    expect(tell(once, told(11, 2, 'nothing'))).toBe(once);
    expect(tell(once, told(10, 2, 'nothing'))).toBe(once);
  });

  it('is not more than they know: neither whole nor proven before the line is read again', () => {
    const seen = (state: ProgressState, at: number) => seenOf(state.lines.get(`bank bank.n${at}`)!, null);
    const state = tell(tell(start, told(11, 0, 'found')), told(12, 1, 'nothing'));
    expect(seen(state, 0)).toEqual({ verdict: 'found', count: 2, complete: null });
    expect(seen(state, 1)).toEqual({ verdict: 'nothing', proof: 'unread' });
  });

  it('stays when an older reading arrives after it, and goes when a newer one does', () => {
    const state = tell(start, told(11, 0, 'found'));
    expect(tallyOf(readLines(lines, 10, state).lines.values()).found).toBe(1);
    const newer = lines.map((line, at) =>
      at === 0 ? coverageLine({ ...line, verdict: 'nothing', reason: null }) : line,
    );
    expect(tallyOf(readLines(newer, 12, state).lines.values())).toMatchObject({ found: 0, nothing: 1 });
  });

  it('goes line by line when only what changed is read again', () => {
    const state = tell(start, [...told(11, 0, 'found'), ...told(12, 1, 'nothing'), ...told(13, 0, 'no-answer')]);
    const first = coverageLine({ agencyId: 'bank.n0', verdict: 'found', reason: null });
    const second = coverageLine({ agencyId: 'bank.n1', verdict: 'nothing', reason: null });
    const stranger = coverageLine({ agencyId: 'bank.n99', verdict: 'nothing', reason: null });
    const read = readChanged([first, second, stranger], 12, state);
    expect(read.lines.get('bank bank.n0')).toEqual({
      ...{ line: first, readUpTo: 12 },
      news: expect.objectContaining({ seq: 13 }),
    });
    expect(read.lines.get('bank bank.n1')).toEqual({ line: second, readUpTo: 12, news: null });
    expect(read.lines.get('bank bank.n2')).toBe(state.lines.get('bank bank.n2'));
    expect([read.lines.size, read.seq]).toEqual([5, 13]);
    // a longer reading that began before it ends after it
    expect(readLines(lines, 10, read).lines.get('bank bank.n1')).toBe(read.lines.get('bank bank.n1'));
  });

  it('counts in the order of its numbers, whatever the order it came in', () => {
    const state = tell(start, [...told(12, 0, 'found'), ...told(11, 0, 'no-answer')]);
    expect(tallyOf(state.lines.values())).toMatchObject({ found: 1, noAnswer: 4 });
  });

  it('never makes "nothing" of lines nobody said it of, in whatever order and however often it comes', () => {
    const event = fc.record({
      seq: fc.integer({ min: 1, max: 40 }),
      at: fc.integer({ min: 0, max: 6 }),
      verdict: fc.constantFrom('found' as const, 'no-answer' as const),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const end = events.reduce((state, each) => tell(state, told(each.seq, each.at, each.verdict)), start);
        const tally = tallyOf(end.lines.values());
        expect(tally.nothing).toBe(0);
        expect(tally.asked).toBe(5);
        for (const line of end.lines.values()) expect(seenOf(line, null).verdict).not.toBe('nothing');
      }),
    );
  });
});
