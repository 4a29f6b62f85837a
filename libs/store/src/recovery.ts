import type { Reason } from '#contracts';
import { sql } from 'kysely';
import { readLineStandings } from './line-standings.ts';
import { type Requeried, requeryIn } from './requery.ts';
import { readAskedAgain } from './requery-history.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** Reasons that say nothing about the debtor, only that the agency could not be reached: worth another try when it can. */
export const recoverableReasons: readonly Reason[] = ['breaker-open', 'unavailable', 'timed-out', 'throttled'];

export type RecoveryPage = {
  readonly channelId: string;
  readonly agencyId: string;
  /** Inquiries requested before it are left alone. */
  readonly since: Date;
  /** The last id of the page before. */
  readonly before: string | null;
  readonly limit: number;
};

/** A page of inquiries, newest first: how far it went, and which of them wait for this agency. */
export type Recoverable = { readonly inquiryIds: readonly string[]; readonly next: string | null };

/**
 * Inquiries of cases that still go on, neither withdrawn nor held, whose last word about the agency is one of those reasons. Ids sort by
 * time, so a page is a range of the primary key.
 */
export async function recoverableInquiries({ db }: StoreContext, page: RecoveryPage): Promise<Recoverable> {
  const { channelId, agencyId, since, before } = page;
  const limit = bounded(page.limit);
  const { rows } = await sql<{ inquiry_id: string; last_reason: string | null }>`
    SELECT i.inquiry_id, CASE WHEN s.inquiry_id IS NULL THEN NULL ELSE (
        SELECT a.reasons[array_position(a.agency_ids, ${agencyId}::text)] FROM answers a
        WHERE a.inquiry_id = i.inquiry_id AND a.agency_ids @> ARRAY[${agencyId}]::text[] ORDER BY a.seq DESC LIMIT 1
      ) END AS last_reason
    FROM (SELECT q.inquiry_id FROM inquiries q
      WHERE (${before}::text IS NULL OR q.inquiry_id < ${before}) AND q.requested_at >= ${since} AND q.cancelled_at IS NULL
        AND NOT EXISTS (SELECT FROM inquiry_pauses p WHERE p.inquiry_id = q.inquiry_id)
        AND NOT EXISTS (SELECT FROM cases c WHERE c.case_id = q.case_id AND c.state IN ('suspended', 'concluded'))
      ORDER BY q.inquiry_id DESC LIMIT ${limit}) AS i
    LEFT JOIN shards s ON s.inquiry_id = i.inquiry_id AND s.channel_id = ${channelId}
      AND s.agency_ids @> ARRAY[${agencyId}]::text[]
    ORDER BY i.inquiry_id DESC`.execute(db);
  const wanted = new Set<string>(recoverableReasons);
  return {
    inquiryIds: rows.flatMap((row) =>
      row.last_reason !== null && wanted.has(row.last_reason) ? [row.inquiry_id] : [],
    ),
    next: rows.length < limit ? null : (rows.at(-1)?.inquiry_id ?? null),
  };
}

export type RecoveryToMake = {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly agencyId: string;
  readonly requestNumber: string;
  readonly at: Date;
  /** So often a line is asked again on its own at most. */
  readonly mostAutomatic: number;
  /** An operator who decided it; left out: the agency came back. */
  readonly decided?: { readonly by: string; readonly reason: string };
};

/** Asks the line again if it is still settled without an answer for one of those reasons. Null: it is not, or was asked often enough. */
export const requeryRecovered = (context: StoreContext, toMake: RecoveryToMake): Promise<Requeried | null> =>
  inTransaction(context.db, async (tx) => {
    const { inquiryId, agencyId, requestNumber, at, decided } = toMake;
    const before = (await readAskedAgain(tx, inquiryId)).get(agencyId);
    if ((before?.automatic ?? 0) >= toMake.mostAutomatic) return null;
    const standing = (await readLineStandings(tx, { inquiryId })).get(agencyId);
    const isRecoverable = recoverableReasons.some((reason) => reason === standing?.reason);
    if (!standing?.settled || standing.verdict !== 'no-answer' || !isRecoverable) return null;
    return requeryIn(context, tx, {
      ...{ inquiryId, at, by: decided?.by ?? null, agencyIds: [agencyId] },
      requestNumbers: new Map([[agencyId, requestNumber]]),
      grounds: decided ? { cause: 'operator', reason: decided.reason } : { cause: 'recovery', reason: null },
    });
  });
