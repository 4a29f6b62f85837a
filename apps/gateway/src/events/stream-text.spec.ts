import { describe, expect, it } from '@jest/globals';
import type { InquiryEvent, LineEvent } from '#contracts';
import { eventText, eventTexts, retryText } from './stream-text.ts';

const line = (agencyId: string): LineEvent => ({
  agencyId,
  category: 'bank',
  verdict: 'nothing',
  reason: null,
  assetCount: 0,
  answeredAt: null,
});
const lines = (seq: number, ...agencyIds: string[]): InquiryEvent => ({
  kind: 'lines',
  seq,
  lines: agencyIds.map(line),
});
const heads = (texts: readonly string[]) => texts.map((text) => text.split('\n').slice(0, 2).join(' '));

describe('the text of a stream', () => {
  it('has id, event and one line of data', () => {
    expect(eventText('done', { seq: 44, status: 'complete' })).toBe(
      'id: 44\nevent: done\ndata: {"seq":44,"status":"complete"}\n\n',
    );
    expect(retryText(3_000)).toBe('retry: 3000\n\n');
  });

  it('joins answers that follow each other under the last number', () => {
    const texts = eventTexts([
      lines(1, 'bank.a'),
      lines(2, 'bank.b', 'bank.c'),
      { kind: 'report', seq: 3, reportId: 'rep_1', reportVersion: 1 },
      lines(4, 'bank.d'),
      { kind: 'closed', seq: 5 },
    ]);
    expect(heads(texts)).toEqual(['id: 2 event: line', 'id: 3 event: report', 'id: 4 event: line']);
    expect(JSON.parse(texts[0]!.split('data: ')[1]!).lines.map(({ agencyId }: LineEvent) => agencyId)).toEqual([
      'bank.a',
      'bank.b',
      'bank.c',
    ]);
    expect(JSON.parse(texts[2]!.split('data: ')[1]!)).toMatchObject({ seq: 4, agencyId: 'bank.d' });
  });

  it('says nothing of what is told by a snapshot, or by the end', () => {
    expect(eventTexts([{ kind: 'requeried', seq: 1, asked: 2 }, { kind: 'cancelled', seq: 2 }, lines(3)])).toEqual([]);
  });

  it('tells that the inquiry is held, and that it goes on', () => {
    expect(
      eventTexts([
        { kind: 'paused', seq: 4 },
        { kind: 'resumed', seq: 5 },
      ]),
    ).toEqual([
      'id: 4\nevent: paused\ndata: {"seq":4,"paused":true}\n\n',
      'id: 5\nevent: paused\ndata: {"seq":5,"paused":false}\n\n',
    ]);
  });
});
