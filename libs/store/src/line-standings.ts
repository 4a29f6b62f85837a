import { sql } from 'kysely';
import type { Db } from './database.ts';
import { shardName } from './plan-lines.ts';

/** Where one agency of an inquiry stands since it was last asked anew. */
export type LineStanding = {
  /** The row of the journal and the place in it that speaks for the agency now. */
  readonly seq: number;
  readonly index: number;
  readonly verdict: string;
  readonly reason: string | null;
  readonly complete: boolean | null;
  /** Answered, or nothing more is tried on its own. Only a re-query takes it back. */
  readonly settled: boolean;
  readonly incompleteAttempts: number;
};
export type LineStandings = ReadonlyMap<string, LineStanding>;

type StepRow = {
  seq: number;
  agency_ids: string[];
  verdicts: string[] | null; // null: a re-query of these agencies
  reasons: (string | null)[] | null;
  complete: (boolean | null)[] | null;
  settled: boolean[] | null;
};

export type Section = { readonly inquiryId: string; readonly channelId?: string; readonly shardNo?: number };

/**
 * Reads the standings of all agencies, or at least of one shard's, out of the journal's plain columns: nothing is
 * opened. An agency that is not in it has said nothing since it was asked.
 */
export async function readLineStandings(db: Db, { inquiryId, channelId, shardNo }: Section): Promise<LineStandings> {
  const inShard =
    channelId === undefined || shardNo === undefined
      ? sql``
      : sql`AND shards @> ARRAY[${shardName({ channelId, shardNo })}]`;
  const { rows } = await sql<StepRow>`
    SELECT seq, agency_ids, verdicts, reasons, complete, settled FROM answers WHERE inquiry_id = ${inquiryId} ${inShard}
    UNION ALL
    SELECT seq, agency_ids, NULL, NULL, NULL, NULL FROM inquiry_events WHERE inquiry_id = ${inquiryId} AND kind = 'requeried'
    ORDER BY seq`.execute(db);
  const states = new Map<string, LineStanding>();
  for (const row of rows) {
    for (const [index, agencyId] of row.agency_ids.entries()) {
      if (row.verdicts === null) states.delete(agencyId);
      else states.set(agencyId, step(states.get(agencyId), row, index));
    }
  }
  return states;
}

/**
 * What was answered or ended stays so: a late failure does not reopen it, and never covers an answer. A whole answer
 * replaces any state, also one that a person or the clock had ended.
 */
function step(before: LineStanding | undefined, row: StepRow, index: number): LineStanding {
  const verdict = row.verdicts?.[index] ?? 'no-answer';
  const reason = row.reasons?.[index] ?? null;
  const settled = row.settled?.[index] ?? false;
  const incompleteAttempts = (before?.incompleteAttempts ?? 0) + (reason === 'incomplete' ? 1 : 0);
  const weaker = before?.verdict !== 'no-answer' && verdict === 'no-answer';
  if (before?.settled && (!settled || weaker)) return before;
  if (before && verdict !== 'no-answer' && !settled) return before; // a further part says nothing about the whole
  return { seq: row.seq, index, verdict, reason, complete: row.complete?.[index] ?? null, settled, incompleteAttempts };
}

export const openAgencies = (states: LineStandings, agencyIds: readonly string[]): string[] =>
  agencyIds.filter((agencyId) => !(states.get(agencyId)?.settled ?? false));
