import { type EmergencyReview, emergencyReviewSchema, type RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import { seesCase } from './row-scope.ts';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';

export type EmergencyToKeep = {
  readonly inquiryId: string;
  readonly courtCode: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly by: string;
  readonly at: Date;
  readonly reviewBy: Date;
  readonly reason: string;
  readonly waived: readonly string[];
};
export type EmergencyPage = {
  readonly courtCode: string;
  readonly rows: RowScope;
  readonly limit: number;
  readonly after: { readonly isOpen: boolean; readonly inquiryId: string } | null;
};
export type EmergencyToDecide = {
  readonly inquiryId: string;
  readonly decision: 'justified' | 'unjustified';
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
};
type Place = { readonly inquiryId: string; readonly courtCode: string; readonly rows: RowScope };

/** Inquiries that did not wait for what they needed (紧急使用), and what was found when they were looked at afterwards. */
export type Emergencies = {
  keep(use: EmergencyToKeep, tx: Transaction): Promise<void>;
  /** One of the court, nobody else decides on it until the end of the transaction. Null: none. */
  hold(place: Place, tx: Transaction): Promise<EmergencyReview | null>;
  decide(decision: EmergencyToDecide, tx: Transaction): Promise<void>;
  /** Those not reviewed first, then newest first. */
  list(page: EmergencyPage): Promise<readonly EmergencyReview[]>;
  /** How somebody has used it: not reviewed by now although it was due; found unjustified since then. */
  record(userId: string, since: Date): Promise<{ readonly overdue: number; readonly unjustified: number }>;
};

export const openEmergencies = (context: StoreContext): Emergencies => ({
  keep: (use, tx) => keep(context, tx, use),
  hold: (place, tx) => hold(context, tx, place),
  decide: (decision, tx) => decide(context, tx, decision),
  list: (page) => list(context, page),
  record: (userId, since) => record(context, userId, since),
});

type Row = {
  inquiry_id: string;
  case_id: string;
  debtor_id: string;
  used_by: string;
  used_at: Date;
  review_by: Date;
  reason: Buffer;
  decision: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: Buffer | null;
};
const columns = sql`inquiry_id, case_id, debtor_id, used_by, used_at, review_by, reason, decision, decided_by, decided_at,
  decision_reason`;
const reasonPlace = (inquiryId: string): string => `emergency_uses.reason/${inquiryId}`;
const decisionPlace = (inquiryId: string): string => `emergency_uses.decision_reason/${inquiryId}`;

async function keep({ seals }: StoreContext, tx: Db, use: EmergencyToKeep): Promise<void> {
  const { inquiryId, courtCode, caseId, debtorId, by, at, reviewBy, reason, waived } = use;
  await sql`INSERT INTO emergency_uses
      (inquiry_id, court_code, case_id, debtor_id, used_by, used_at, review_by, reason)
    VALUES (${inquiryId}, ${courtCode}, ${caseId}, ${debtorId}, ${by}, ${at}, ${reviewBy},
      ${seals.sealJson({ reason, waived }, reasonPlace(inquiryId))})`.execute(tx);
}

async function hold(context: StoreContext, tx: Db, place: Place): Promise<EmergencyReview | null> {
  const { inquiryId, courtCode, rows: scope } = place;
  const { rows } = await sql<Row>`SELECT ${columns} FROM emergency_uses WHERE inquiry_id = ${inquiryId}
    AND court_code = ${courtCode} AND ${seesCase(scope, 'emergency_uses.case_id')} FOR UPDATE`.execute(tx);
  return rows[0] ? reviewOf(context, rows[0]) : null;
}

async function decide({ seals }: StoreContext, tx: Db, toDecide: EmergencyToDecide): Promise<void> {
  const { inquiryId, decision, by, at, reason } = toDecide;
  await sql`UPDATE emergency_uses SET decision = ${decision}, decided_by = ${by}, decided_at = ${at},
    decision_reason = ${seals.sealJson(reason, decisionPlace(inquiryId))} WHERE inquiry_id = ${inquiryId}`.execute(tx);
}

async function list(context: StoreContext, page: EmergencyPage): Promise<readonly EmergencyReview[]> {
  const { courtCode, rows: scope, limit, after } = page;
  const next = after === null ? sql`` : sql`AND (decision IS NULL, inquiry_id) < (${after.isOpen}, ${after.inquiryId})`;
  const { rows } = await sql<Row>`SELECT ${columns} FROM emergency_uses
    WHERE court_code = ${courtCode} AND ${seesCase(scope, 'emergency_uses.case_id')} ${next}
    ORDER BY (decision IS NULL) DESC, inquiry_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => reviewOf(context, row));
}

async function record({ db, clock }: StoreContext, userId: string, since: Date) {
  const { rows } = await sql<{ overdue: number; unjustified: number }>`
    SELECT count(*) FILTER (WHERE decision IS NULL AND review_by <= ${clock()})::int AS overdue,
      count(*) FILTER (WHERE decision = 'unjustified' AND used_at > ${since})::int AS unjustified
    FROM emergency_uses WHERE used_by = ${userId}`.execute(db);
  return rows[0] ?? { overdue: 0, unjustified: 0 }; // an aggregate always has its row
}

/** Sealed together: what it went out without may tell that a debtor is marked. */
const saidSchema = emergencyReviewSchema.pick({ reason: true, waived: true });

function reviewOf(context: StoreContext, row: Row): EmergencyReview {
  const { seals, toInstant, clock } = context;
  const id = row.inquiry_id;
  return emergencyReviewSchema.parse({
    inquiryId: id,
    caseId: row.case_id,
    debtorId: row.debtor_id,
    usedBy: row.used_by,
    usedAt: toInstant(row.used_at),
    ...saidSchema.parse(seals.openJson<unknown>(row.reason, reasonPlace(id))),
    reviewBy: toInstant(row.review_by),
    overdue: row.decision === null && row.review_by.getTime() <= clock().getTime(),
    decision: row.decision,
    decidedBy: row.decided_by,
    decidedAt: instantOrNull(context, row.decided_at),
    decisionReason:
      row.decision_reason === null ? null : seals.openJson<string>(row.decision_reason, decisionPlace(id)),
  });
}
