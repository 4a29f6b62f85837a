import { describe, expect, it } from '@jest/globals';
import { type Answer, noAnswerSaid, nothingDropped } from '#contracts';
import { decodeBatch, encodeBatch, findRaw } from './answer-batch.ts';
import { createSeals } from './sealed.ts';

/** Bound to its context like the real one, but readable. */
const bound = (context: string) => Buffer.from(`${context}\n`);
const seals = createSeals({
  seal: (bytes, context) => Buffer.concat([bound(context), bytes]),
  open: (bytes, context) => {
    const head = bound(context);
    if (!Buffer.from(bytes.subarray(0, head.length)).equals(head)) throw new Error('another place');
    return bytes.subarray(head.length);
  },
});

const said = {
  nothing: {
    ...{
      verdict: 'nothing',
      identityMatched: true,
      complete: true,
      signal: 'all-lists-empty',
      assets: [],
      sections: [],
    },
    ...{ asOf: null, asOfKind: null, dropped: nothingDropped, signatureStatus: 'absent', part: 'main' },
  },
  failed: noAnswerSaid('timed-out'),
};
const answer = (no: number, what: object): Answer =>
  ({
    ...what,
    ...{ answerId: `ans_${no}`, agencyId: `bank.no-${no}`, category: 'bank', receivedAt: '2026-11-22T14:05:30+08:00' },
    ...{ nextAttemptAt: '2026-11-22T14:06:30+08:00', rawHash: `sha256:${no}`, contentHash: 'sha256:0' },
  }) as Answer;

const batch = [said.nothing, said.failed, said.nothing].map((what, no) => ({
  answer: answer(no, what),
  raw: [Buffer.from(`first ${no}`), Buffer.from(''), Buffer.from(`third ${no}`)],
}));
const columns = encodeBatch(seals, 'inq_1', batch);
const row = {
  inquiry_id: 'inq_1',
  batch_id: columns.batchId,
  agency_ids: columns.agencyIds,
  verdicts: columns.verdicts,
  payload: columns.payload,
};

describe('a batch of answers', () => {
  it('says in plain columns what can be counted, and nothing else', () => {
    expect(columns).toMatchObject({
      verdicts: ['nothing', 'no-answer', 'nothing'],
      reasons: [null, 'timed-out', null],
      complete: [true, null, true],
      assetCounts: [0, null, 0],
      settled: [true, false, true],
    });
  });

  it('gives its answers back', () => {
    expect(decodeBatch(seals, row)).toEqual(batch.map((each) => each.answer));
  });

  it('is refused when a plain column says anything else than the seal', () => {
    const edited = { ...row, verdicts: ['nothing', 'nothing', 'nothing'] };
    expect(() => decodeBatch(seals, edited)).toThrow(expect.objectContaining({ code: 'seal-mismatch' }));
    expect(() => decodeBatch(seals, { ...row, agency_ids: row.agency_ids.toReversed() })).toThrow();
    expect(() => decodeBatch(seals, { ...row, inquiry_id: 'inq_2' })).toThrow('another place');
  });

  it('keeps every message of every answer apart', () => {
    const sealed = { ...row, raw_payload: columns.rawPayload ?? new Uint8Array() };
    expect(findRaw(seals, sealed, 'sha256:2')?.map(String)).toEqual(['first 2', '', 'third 2']);
    expect(findRaw(seals, sealed, 'sha256:9')).toBeNull();
  });

  it('is never empty', () => {
    expect(() => encodeBatch(seals, 'inq_1', [])).toThrow(expect.objectContaining({ code: 'entry-empty' }));
  });
});
