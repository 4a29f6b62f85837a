import { type Answer, isSettled, type Unread } from '#contracts';
import { packRows, type PackedRows, unpackRows } from './row-pack.ts';
import type { Seals } from './sealed.ts';
import { StoreFault } from './store-fault.ts';

/** One answer and the raw messages (原始报文) behind its `rawHash`, in the order in which they came. */
export type JournalAnswer = {
  readonly answer: Answer;
  readonly raw: readonly Uint8Array[];
  /** Given: it goes into the quarantine list with its batch, in one transaction. */
  readonly unread?: Unread;
};

/** A batch of answers as the columns of a row of `answers`. */
export type BatchColumns = {
  readonly batchId: string;
  readonly agencyIds: string[];
  readonly categories: string[];
  readonly verdicts: string[];
  readonly reasons: (string | null)[];
  readonly complete: (boolean | null)[];
  readonly identityMatched: (boolean | null)[];
  readonly assetCounts: (number | null)[];
  readonly settled: boolean[];
  readonly receivedAt: Date[];
  readonly payload: Uint8Array;
  readonly rawPayload: Uint8Array | null;
};

type Place = { readonly inquiryId: string; readonly batchId: string };
const payloadPlace = ({ inquiryId, batchId }: Place): string => `answers.payload/${inquiryId}/${batchId}`;
const rawPlace = ({ inquiryId, batchId }: Place): string => `answers.raw_payload/${inquiryId}/${batchId}`;

/** A further part (transactions) extends an answer; the line waits for the main part. */
export const settlesLine = (answer: Answer): boolean =>
  isSettled(answer) && (answer.verdict === 'no-answer' || answer.part === 'main');

/** Nothing more comes of this line on its own. Overdue ends it for us only: a late answer is still welcome. */
export const endsLine = (answer: Answer): boolean =>
  answer.verdict === 'no-answer' && answer.reason !== 'overdue' && isSettled(answer);

/** @throws StoreFault `entry-empty` */
export function encodeBatch(seals: Seals, inquiryId: string, batch: readonly JournalAnswer[]): BatchColumns {
  const answers = batch.map(({ answer }) => answer);
  const batchId = answers[0]?.answerId;
  if (batchId === undefined) throw new StoreFault('entry-empty');
  const place = { inquiryId, batchId };
  return {
    batchId,
    agencyIds: answers.map(({ agencyId }) => agencyId),
    categories: answers.map(({ category }) => category),
    verdicts: answers.map(({ verdict }) => verdict),
    reasons: answers.map((answer) => (answer.verdict === 'no-answer' ? answer.reason : null)),
    complete: answers.map((answer) => (answer.verdict === 'no-answer' ? null : answer.complete)),
    identityMatched: answers.map((answer) => (answer.verdict === 'no-answer' ? null : answer.identityMatched)),
    assetCounts: answers.map(({ assets }) => assets?.length ?? null),
    settled: answers.map(settlesLine),
    receivedAt: answers.map(({ receivedAt }) => new Date(receivedAt)),
    payload: seals.sealJson(packRows(answers), payloadPlace(place)),
    rawPayload: sealRaw(seals, batch, rawPlace(place)),
  };
}

export type SealedBatch = {
  readonly inquiry_id: string;
  readonly batch_id: string;
  readonly agency_ids: readonly string[];
  readonly verdicts: readonly string[];
  readonly payload: Uint8Array;
};

/**
 * @throws StoreFault `seal-mismatch` when the plain columns say anything else than what is sealed: an edited row is
 * noticed before anybody reads a verdict out of it
 */
export function decodeBatch(seals: Seals, row: SealedBatch): Answer[] {
  const place = { inquiryId: row.inquiry_id, batchId: row.batch_id };
  const packed = seals.openJson<PackedRows>(row.payload, payloadPlace(place));
  const answers = unpackRows(packed).filter(isAnswer);
  const agrees =
    answers.length === row.agency_ids.length &&
    answers.every(
      ({ agencyId, verdict }, index) => agencyId === row.agency_ids[index] && verdict === row.verdicts[index],
    );
  if (!agrees) throw new StoreFault('seal-mismatch');
  return answers;
}

/** Only what an answer must be to be looked at at all: the seal has proved the rest. */
const isAnswer = (row: object): row is Answer =>
  'agencyId' in row &&
  'verdict' in row &&
  (row.verdict === 'no-answer' || row.verdict === 'nothing' || row.verdict === 'found');

/** Where each answer's messages lie among the bytes that follow: their lengths, by the answer's place in the batch. */
type RawIndex = readonly (readonly number[])[];

function sealRaw(seals: Seals, batch: readonly JournalAnswer[], place: string): Uint8Array | null {
  if (batch.every(({ raw }) => raw.length === 0)) return null;
  const index: RawIndex = batch.map(({ raw }) => raw.map(({ length }) => length));
  const head = Buffer.from(JSON.stringify(index), 'utf8');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(head.length);
  return seals.sealBytes(Buffer.concat([size, head, ...batch.flatMap(({ raw }) => raw)]), place);
}

export type SealedRaw = SealedBatch & { readonly raw_payload: Uint8Array };

/** The messages behind this hash, or null when no answer of the batch has it. */
export function findRaw(seals: Seals, row: SealedRaw, rawHash: string): Uint8Array[] | null {
  const position = decodeBatch(seals, row).findIndex((answer) => answer.rawHash === rawHash);
  return position < 0 ? null : rawAt(seals, row, position);
}

/** The messages behind the answer in this place of the batch. */
export function rawAt(seals: Seals, row: SealedRaw, position: number): Uint8Array[] {
  const place = rawPlace({ inquiryId: row.inquiry_id, batchId: row.batch_id });
  const bytes = Buffer.from(seals.openBytes(row.raw_payload, place));
  const headEnd = 4 + bytes.readUInt32BE(0);
  const index: unknown = JSON.parse(bytes.subarray(4, headEnd).toString('utf8'));
  if (!isRawIndex(index)) throw new StoreFault('seal-mismatch');
  let start =
    headEnd +
    index
      .slice(0, position)
      .flat()
      .reduce((sum, length) => sum + length, 0);
  return (index[position] ?? []).map((length) => bytes.subarray(start, (start += length)));
}

const isRawIndex = (value: unknown): value is RawIndex => Array.isArray(value);
