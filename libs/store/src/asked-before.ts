import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';

/** What an officer is about to ask. */
export type ToAsk = {
  readonly userId: string;
  readonly caseId: string;
  readonly debtorId: string;
  /** Agencies that would be asked. */
  readonly agencyIds: readonly string[];
  /** Debtors asked about since then are counted. */
  readonly debtorsSince: Date;
  /** Inquiries since then are repeated by this one if they asked all of it. */
  readonly repeatSince: Date;
};

export type AskedBefore = {
  /** Other people the officer has asked about; and whether this one is among those. */
  readonly otherDebtors: number;
  readonly isKnown: boolean;
  /** The newest inquiry about this person in this case that asks all of this already. */
  readonly repeat: { readonly inquiryId: string; readonly isRunning: boolean } | null;
};

/**
 * What was asked before, by whom and about whom: counted by blind index, so that nobody is opened
 * (docs/decisions/0022-what-repeats-an-inquiry.md).
 */
export type Askings = {
  /**
   * From here to the end of the transaction nothing else goes out in this officer's name or in this case, and the case
   * does not change: what is read now still holds when the inquiry is there.
   */
  holdStill(tx: Transaction, who: { readonly userId: string; readonly caseId: string }): Promise<void>;
  before(toAsk: ToAsk): Promise<AskedBefore>;
  /** The newest inquiry about this person in this case since then, by whomever. */
  newest(about: Pick<ToAsk, 'caseId' | 'debtorId'> & { readonly since: Date }): Promise<string | null>;
  /** The newest inquiry of the case that rests on a document. */
  newestOfCase(caseId: string): Promise<{ readonly inquiryId: string; readonly fileId: string } | null>;
};

export const openAskings = ({ db }: StoreContext): Askings => ({
  holdStill,
  before: async (toAsk) => ({ ...(await countDebtors(db, toAsk)), repeat: await findRepeat(db, toAsk) }),
  newest: (about) => findNewest(db, about),
  newestOfCase: (caseId) => findNewestOfCase(db, caseId),
});

async function findNewest(
  db: Db,
  { caseId, debtorId, since }: Pick<ToAsk, 'caseId' | 'debtorId'> & { readonly since: Date },
): Promise<string | null> {
  const { rows } = await sql<{ inquiry_id: string }>`
    SELECT i.inquiry_id FROM inquiries i JOIN debtors d ON d.debtor_id = i.debtor_id
    WHERE i.case_id = ${caseId} AND i.requested_at > ${since} AND i.cancelled_at IS NULL
      AND d.id_indexes && (SELECT id_indexes FROM debtors WHERE debtor_id = ${debtorId})
    ORDER BY i.inquiry_id DESC LIMIT 1`.execute(db);
  return rows[0]?.inquiry_id ?? null;
}

async function findNewestOfCase(db: Db, caseId: string): Promise<{ inquiryId: string; fileId: string } | null> {
  const { rows } = await sql<{ inquiry_id: string; document_file_id: string }>`
    SELECT inquiry_id, document_file_id FROM inquiries
    WHERE case_id = ${caseId} AND document_file_id IS NOT NULL ORDER BY inquiry_id DESC LIMIT 1`.execute(db);
  const [row] = rows;
  return row ? { inquiryId: row.inquiry_id, fileId: row.document_file_id } : null;
}

/** Always in this order: two that wait for each other cannot be. */
async function holdStill(tx: Transaction, { userId, caseId }: { userId: string; caseId: string }): Promise<void> {
  for (const name of [`asking/${userId}`, `asking/${caseId}`])
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
  await sql`SELECT FROM cases WHERE case_id = ${caseId} FOR SHARE`.execute(tx);
}

/** A person is known by any of the identifiers; the strongest one stands for somebody else. */
async function countDebtors(db: Db, { userId, debtorId, debtorsSince }: ToAsk): Promise<Omit<AskedBefore, 'repeat'>> {
  const { rows } = await sql<{ others: number; known: boolean }>`
    SELECT count(DISTINCT d.id_indexes[1]) FILTER (WHERE NOT d.id_indexes && wanted.id_indexes)::int AS others,
      count(*) FILTER (WHERE d.id_indexes && wanted.id_indexes) > 0 AS known
    FROM inquiries i JOIN debtors d ON d.debtor_id = i.debtor_id,
      (SELECT id_indexes FROM debtors WHERE debtor_id = ${debtorId}) AS wanted
    WHERE i.requested_by = ${userId} AND i.requested_at > ${debtorsSince}`.execute(db);
  return { otherDebtors: rows[0]?.others ?? 0, isKnown: rows[0]?.known ?? false };
}

async function findRepeat(db: Db, toAsk: ToAsk): Promise<AskedBefore['repeat']> {
  const { caseId, debtorId, agencyIds, repeatSince } = toAsk;
  if (agencyIds.length === 0) return null;
  const { rows } = await sql<{ inquiry_id: string; running: boolean }>`
    SELECT i.inquiry_id, i.closed_at IS NULL AND i.cancelled_at IS NULL AS running
    FROM inquiries i JOIN debtors d ON d.debtor_id = i.debtor_id
    WHERE i.case_id = ${caseId} AND i.requested_at > ${repeatSince}
      AND d.id_indexes && (SELECT id_indexes FROM debtors WHERE debtor_id = ${debtorId})
      AND ${[...agencyIds]}::text[] <@ (SELECT array_agg(asked.id) FROM shards s, unnest(s.agency_ids) AS asked (id)
        WHERE s.inquiry_id = i.inquiry_id)
    ORDER BY i.inquiry_id DESC LIMIT 1`.execute(db);
  const [row] = rows;
  return row ? { inquiryId: row.inquiry_id, isRunning: row.running } : null;
}
