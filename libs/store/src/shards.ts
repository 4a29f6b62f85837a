import {
  type Answer,
  type Inquiry,
  type Mode,
  modeSchema,
  type PlannedLine,
  type SaidNoAnswer,
  taskModes,
} from '#contracts';
import { sql } from 'kysely';
import { openInquiry } from './inquiry-rows.ts';
import { readRows } from './journal.ts';
import { openAgencies, readLineStandings } from './line-standings.ts';
import { openLines, type ShardKey, shardLinesPlace } from './plan-lines.ts';
import { instantOrNull, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** How far the asking of one open agency is. */
export type AskedSoFar = {
  readonly attempts: number;
  readonly incompleteAttempts: number;
  readonly firstSentAt: string | null;
  readonly nextAttemptAt: string | null; // null: at once
  readonly settled: boolean; // false for every line that is still to ask
  /** Why there is no answer so far; null: only a further part of an answer has come. */
  readonly said: SaidNoAnswer | null;
};

export type ShardWork = {
  /** Goes with every append and ends with the next `begin`. */
  readonly fence: number;
  readonly generation: number;
  readonly mode: Mode;
  readonly inquiry: Inquiry;
  /** The lines of the shard that are still to ask. */
  readonly lines: readonly PlannedLine[];
  /** By agency, for those lines that have been tried since they were last asked. */
  readonly latest: ReadonlyMap<string, AskedSoFar>;
  readonly dueAt: string; // of the inquiry, or the later one that a re-query has set
  readonly closedAt: string | null;
  readonly cancelled: boolean;
  /** Somebody holds the inquiry: nothing may be sent. */
  readonly paused: boolean;
};

export type ShardState = {
  readonly channelId: string;
  readonly shardNo: number;
  readonly mode: Mode;
  readonly generation: number;
  readonly settled: boolean;
  readonly nextAt: Date | null;
  readonly workerId: string | null;
};

type Fenced = ShardKey & { readonly fence: number };
/** `generation`: that of the job; left out where any is meant. */
export type ShardToTake = ShardKey & { readonly workerId: string; readonly generation?: number };

/** Shards (分片): what one `ask` job works on. */
export type Shards = {
  /** Takes the shard over from whoever had it. Null: settled, not there, or re-queried since the job was made. */
  begin(taken: ShardToTake): Promise<ShardWork | null>;
  /** Settles the shard. False: the fence is stale, or a line is still open (a re-query came in between): begin again. */
  settle(fenced: Fenced): Promise<boolean>;
  /**
   * Keeps when the shard is asked again at the earliest. In the modes with tasks those of its open lines are laid
   * into the mailboxes by it: until then they are held, so that no agency fetches what the wire cannot carry. While
   * the inquiry is paused they stay held.
   * False: the fence is stale.
   */
  wait(fenced: Fenced & { readonly until: Date }): Promise<boolean>;
  state(inquiryId: string): Promise<readonly ShardState[]>;
};

export const openShardsPart = (context: StoreContext): Shards => ({
  begin: (taken) => begin(context, taken),
  settle: (fenced) => settle(context, fenced),
  wait: (fenced) => wait(context, fenced),
  state: (inquiryId) => readStates(context, inquiryId),
});

const isKey = ({ inquiryId, channelId, shardNo }: ShardKey) =>
  sql`s.inquiry_id = ${inquiryId} AND s.channel_id = ${channelId} AND s.shard_no = ${shardNo}`;

type TakenRow = {
  fence: number;
  generation: number;
  mode: string;
  lines: Buffer;
  body: Buffer;
  due_at: Date;
  closed_at: Date | null;
  cancelled_at: Date | null;
  paused: boolean;
};

async function begin(context: StoreContext, taken: ShardToTake): Promise<ShardWork | null> {
  const { db, seals, toInstant } = context;
  const { rows } =
    await sql<TakenRow>`UPDATE shards s SET fence = s.fence + 1, worker_id = ${taken.workerId}, next_at = NULL
    FROM inquiries i WHERE i.inquiry_id = s.inquiry_id AND ${isKey(taken)} AND NOT s.settled
      AND s.generation = coalesce(${taken.generation ?? null}::int, s.generation)
    RETURNING s.fence, s.generation, s.mode, s.lines, i.body, greatest(i.due_at, i.close_at) AS due_at, i.closed_at,
      i.cancelled_at, EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = i.inquiry_id) AS paused`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const planned = openLines(seals, row.lines, shardLinesPlace(taken)).map(({ line }) => line);
  return {
    fence: row.fence,
    generation: row.generation,
    mode: modeSchema.parse(row.mode),
    inquiry: openInquiry(context, taken.inquiryId, row.body),
    ...(await stillToAsk(context, taken, planned)),
    dueAt: toInstant(row.due_at),
    closedAt: instantOrNull(context, row.closed_at),
    cancelled: row.cancelled_at !== null,
    paused: row.paused,
  };
}

async function stillToAsk(
  context: StoreContext,
  key: ShardKey,
  planned: readonly PlannedLine[],
): Promise<Pick<ShardWork, 'lines' | 'latest'>> {
  const states = await readLineStandings(context.db, key);
  const lines = planned.filter(({ agencyId }) => !(states.get(agencyId)?.settled ?? false));
  const tried = lines.flatMap(({ agencyId }) => {
    const state = states.get(agencyId);
    return state ? [{ agencyId, state }] : [];
  });
  const seqs = [...new Set(tried.map(({ state }) => state.seq))];
  const rows = await readRows(context, context.db, { inquiryId: key.inquiryId, seqs });
  const latest = new Map<string, AskedSoFar>();
  for (const { agencyId, state } of tried) {
    const answer = rows.get(state.seq)?.[state.index];
    if (!answer) continue;
    const { attempt: attempts, firstSentAt, nextAttemptAt } = answer;
    const { incompleteAttempts, settled } = state;
    const said = answer.verdict === 'no-answer' ? saidOf(answer) : null;
    latest.set(agencyId, { attempts, incompleteAttempts, firstSentAt, nextAttemptAt, settled, said });
  }
  return { lines, latest };
}

/** The answer without its stamp, to be given again. */
function saidOf(answer: Extract<Answer, { verdict: 'no-answer' }>): SaidNoAnswer {
  const { verdict, reason, stage, reasonCode, reasonText, contactName, contactPhone, retryAfterMs, sections } = answer;
  const { receivedOn } = answer;
  return {
    verdict,
    reason,
    stage,
    reasonCode,
    reasonText,
    contactName,
    contactPhone,
    ...(receivedOn === undefined ? {} : { receivedOn }),
    retryAfterMs,
    sections,
    assets: null,
  };
}

const settle = ({ db }: StoreContext, fenced: Fenced): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const { rows } = await sql<{ agency_ids: string[] }>`SELECT agency_ids FROM shards s
      WHERE ${isKey(fenced)} AND fence = ${fenced.fence} FOR UPDATE`.execute(tx);
    const [row] = rows;
    if (!row) return false;
    const standings = await readLineStandings(tx, fenced);
    if (openAgencies(standings, row.agency_ids).length > 0) return false;
    await sql`UPDATE shards s SET settled = true, next_at = NULL WHERE ${isKey(fenced)}`.execute(tx);
    return true;
  });

/** One statement: the wait, and with it the delivery of tasks that the worker has not answered instead of sending. */
async function wait({ db, clock }: StoreContext, fenced: Fenced & { readonly until: Date }): Promise<boolean> {
  const { rows } = await sql<{ fence: number }>`
    WITH waiting AS (UPDATE shards s SET next_at = ${fenced.until}
      WHERE ${isKey(fenced)} AND fence = ${fenced.fence} AND NOT settled
      RETURNING inquiry_id, channel_id, shard_no, fence, mode),
    delivered AS (UPDATE mailbox_tasks t SET state = 'open', delivered_at = ${clock()} FROM waiting w
      WHERE w.mode = ANY(${[...taskModes]}::text[]) AND t.inquiry_id = w.inquiry_id AND t.channel_id = w.channel_id
        AND t.shard_no = w.shard_no AND t.state = 'held'
        AND NOT EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = w.inquiry_id))
    SELECT fence FROM waiting`.execute(db);
  return rows.length > 0;
}

async function readStates({ db }: StoreContext, inquiryId: string): Promise<ShardState[]> {
  const rows = await db
    .selectFrom('shards')
    .select(['channel_id', 'shard_no', 'mode', 'generation', 'settled', 'next_at', 'worker_id'])
    .where('inquiry_id', '=', inquiryId)
    .orderBy('channel_id')
    .orderBy('shard_no')
    .execute();
  return rows.map((row) => ({
    channelId: row.channel_id,
    shardNo: row.shard_no,
    mode: modeSchema.parse(row.mode),
    generation: row.generation,
    settled: row.settled,
    nextAt: row.next_at,
    workerId: row.worker_id,
  }));
}
