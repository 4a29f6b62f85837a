import type { Answer } from '#contracts';
import { sql } from 'kysely';
import { decodeBatch, findRaw, type SealedBatch, type SealedRaw } from './answer-batch.ts';
import type { Db } from './database.ts';
import { type Appended, appendEntries } from './journal-append.ts';
import type { JournalEntry } from './journal-entry.ts';
import { type AnswerKey, type KeptAnswer, readKeptAnswer } from './kept-answer.ts';
import { readLineStandings } from './line-standings.ts';
import type { Reading, StoreContext } from './store-context.ts';
import { persistently } from './transaction.ts';

/** One row of the journal: what came in together. */
export type JournalRow = { readonly seq: number; readonly answers: readonly Answer[] };

/** Counts without opening a single answer. Agencies that have said nothing since they were asked count as `pending`. */
export type JournalSummary = {
  readonly seq: number;
  readonly asked: number;
  readonly notAsked: number;
  readonly answered: number;
  readonly found: number;
  readonly nothing: number;
  readonly noAnswer: number;
  readonly incomplete: number; // answered, but not wholly
  readonly byReason: Readonly<Record<string, number>>;
};

/** The journal (日志): docs/decisions/0003-answers-are-batches-with-plain-columns.md. */
export type Journal = {
  /**
   * The result's order is that of the entries; what comes in one call for one inquiry becomes one row. Waits up to half
   * a minute for a database that is away; the signal ends the waiting. Safe to repeat as a whole after any error.
   */
  append(entries: readonly JournalEntry[], signal?: AbortSignal): Promise<readonly Appended[]>;
  /** Everything that came after this number, oldest first. */
  answers(inquiryId: string, afterSeq?: number): Promise<readonly JournalRow[]>;
  /** Null: no such inquiry. */
  summary(inquiryId: string): Promise<JournalSummary | null>;
  /** The raw messages behind a hash, in the order in which they came; null: none is kept under it. */
  raw(rawHash: string, inquiryId: string): Promise<readonly Uint8Array[] | null>;
  /** One answer with its raw messages; null: no such answer, or another court's. */
  answer(key: AnswerKey): Promise<KeptAnswer | null>;
};

export const openJournal = (context: StoreContext): Journal => ({
  append: (entries, signal = new AbortController().signal) =>
    persistently(() => appendEntries(context, context.db, entries), signal),
  answers: (inquiryId, afterSeq = 0) => readAnswers(context, inquiryId, afterSeq),
  summary: (inquiryId) => summarize(context, inquiryId),
  raw: (rawHash, inquiryId) => readRaw(context, rawHash, inquiryId),
  answer: (key) => readKeptAnswer(context, key),
});

/** Rows read at once: a mailbox inquiry has a row for every agency. */
const pageSize = 500;

type BatchRow = SealedBatch & { readonly seq: number };

export async function readAnswers({ db, seals }: Reading, inquiryId: string, afterSeq: number): Promise<JournalRow[]> {
  const found: JournalRow[] = [];
  for (let after = afterSeq; ; after = found.at(-1)?.seq ?? after) {
    const { rows } = await sql<BatchRow>`SELECT inquiry_id, seq, batch_id, agency_ids, verdicts, payload FROM answers
      WHERE inquiry_id = ${inquiryId} AND seq > ${after} ORDER BY seq LIMIT ${pageSize}`.execute(db);
    for (const row of rows) found.push({ seq: row.seq, answers: decodeBatch(seals, row) });
    if (rows.length < pageSize) return found;
  }
}

/** The answers in these rows only, by row. */
export async function readRows(
  { seals }: StoreContext,
  db: Db,
  { inquiryId, seqs }: { readonly inquiryId: string; readonly seqs: readonly number[] },
): Promise<ReadonlyMap<number, readonly Answer[]>> {
  if (seqs.length === 0) return new Map();
  const { rows } = await sql<BatchRow>`SELECT inquiry_id, seq, batch_id, agency_ids, verdicts, payload FROM answers
    WHERE inquiry_id = ${inquiryId} AND seq = ANY(${[...seqs]}::int[])`.execute(db);
  return new Map(rows.map((row) => [row.seq, decodeBatch(seals, row)]));
}

async function summarize({ db }: StoreContext, inquiryId: string): Promise<JournalSummary | null> {
  const head = await db
    .selectFrom('inquiries')
    .select(['last_seq', 'asked_count', 'unasked_count'])
    .where('inquiry_id', '=', inquiryId)
    .executeTakeFirst();
  if (!head) return null;
  const states = [...(await readLineStandings(db, { inquiryId })).values()];
  const answered = states.filter(({ settled, verdict }) => settled && verdict !== 'no-answer');
  const silent = head.asked_count - states.length;
  const byReason: Record<string, number> = silent > 0 ? { pending: silent } : {};
  for (const { settled, verdict, reason } of states) {
    if (settled && verdict !== 'no-answer') continue;
    const why = reason ?? 'pending'; // only a further part came: its main part is waited for
    byReason[why] = (byReason[why] ?? 0) + 1;
  }
  return {
    seq: head.last_seq,
    asked: head.asked_count,
    notAsked: head.unasked_count,
    answered: answered.length,
    found: answered.filter(({ verdict }) => verdict === 'found').length,
    nothing: answered.filter(({ verdict }) => verdict === 'nothing').length,
    noAnswer: head.asked_count - answered.length,
    incomplete: answered.filter(({ complete }) => complete === false).length,
    byReason,
  };
}

async function readRaw({ db, seals }: StoreContext, rawHash: string, inquiryId: string): Promise<Uint8Array[] | null> {
  for (let after = 0; ; ) {
    const { rows } = await sql<SealedRaw & { readonly seq: number }>`
      SELECT inquiry_id, seq, batch_id, agency_ids, verdicts, payload, raw_payload FROM answers
      WHERE inquiry_id = ${inquiryId} AND seq > ${after} AND raw_payload IS NOT NULL ORDER BY seq LIMIT ${pageSize}
    `.execute(db);
    for (const row of rows) {
      const messages = findRaw(seals, row, rawHash);
      if (messages) return messages;
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return null;
    after = last.seq;
  }
}
