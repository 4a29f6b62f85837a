import type { ApprovalCause, NewApproval, RowScope } from '#contracts';
import { type RawBuilder, sql } from 'kysely';
import {
  approvalColumns,
  type ApprovalHead,
  approvalPlace,
  type ApprovalRow,
  decisionPlace,
  openApprovalRow,
  type StoredApproval,
} from './approval-rows.ts';
import type { Db, Transaction } from './database.ts';
import { seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

export type ApprovalToAsk = {
  readonly courtCode: string;
  readonly body: NewApproval;
  readonly causes: readonly ApprovalCause[];
  readonly askedBy: string;
  readonly at: Date;
  readonly expiresAt: Date;
};

/** Who looks: what they asked for themselves, and what a court that they decide for was asked. */
export type ApprovalScope = {
  readonly userId: string;
  readonly decidesFor: string | null; // code of the court
  readonly rows: RowScope;
};

export type ApprovalPage = ApprovalScope & {
  readonly limit: number;
  /** Of the last row of the page before. */
  readonly after: { readonly isWaiting: boolean; readonly approvalId: string } | null;
};

export type DecisionToKeep = {
  readonly approvalId: string;
  readonly state: 'approved' | 'declined';
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
};

/** Approvals (审批): what waits for a second person, and what was decided. Whether a step is allowed is the caller's affair. */
export type Approvals = {
  ask(toAsk: ApprovalToAsk, tx: Transaction): Promise<ApprovalHead>;
  /** Null: not there, or not theirs to see. */
  get(approvalId: string, scope: ApprovalScope): Promise<StoredApproval | null>;
  /** Nobody else decides, withdraws or sends it until the end of the transaction. */
  hold(approvalId: string, scope: ApprovalScope, tx: Transaction): Promise<StoredApproval | null>;
  decide(decision: DecisionToKeep, tx: Transaction): Promise<void>;
  /** What was approved has gone out as this inquiry: it is used up. */
  sent(approvalId: string, inquiryId: string, tx: Transaction): Promise<void>;
  withdraw(approvalId: string, tx: Transaction): Promise<void>;
  /** Waiting ones first, then newest first. */
  list(page: ApprovalPage): Promise<readonly ApprovalHead[]>;
};

export const openApprovals = (context: StoreContext): Approvals => ({
  ask: (toAsk, tx) => ask(context, tx, toAsk),
  get: (approvalId, scope) => find(context, { approvalId, scope }),
  hold: (approvalId, scope, tx) => find({ ...context, db: tx }, { approvalId, scope }, sql`FOR UPDATE`),
  decide: (decision, tx) => decide(context, tx, decision),
  sent: async (approvalId, inquiryId, tx) => {
    await sql`UPDATE approvals SET state = 'sent', inquiry_id = ${inquiryId} WHERE approval_id = ${approvalId}`.execute(
      tx,
    );
  },
  withdraw: async (approvalId, tx) => {
    await sql`UPDATE approvals SET state = 'withdrawn' WHERE approval_id = ${approvalId}`.execute(tx);
  },
  list: (page) => list(context, page),
});

async function ask(context: StoreContext, tx: Db, toAsk: ApprovalToAsk): Promise<ApprovalHead> {
  const { courtCode, body, causes, askedBy, at, expiresAt } = toAsk;
  const approvalId = context.newId('apr');
  const sealed = context.seals.sealJson({ body, causes }, approvalPlace(approvalId));
  const { rows } = await sql<ApprovalRow>`INSERT INTO approvals
      (approval_id, court_code, case_id, debtor_id, purpose, asked_by, asked_at, expires_at, wished_approver, body)
    VALUES (${approvalId}, ${courtCode}, ${body.caseId}, ${body.debtorId}, ${body.purpose}, ${askedBy}, ${at}, ${expiresAt}, ${body.approverId}, ${sealed})
    RETURNING ${approvalColumns}`.execute(tx);
  const [row] = rows;
  if (!row) throw new StoreFault('connection-lost');
  return openApprovalRow(context, row);
}

const seen = ({ userId, decidesFor, rows }: ApprovalScope): RawBuilder<unknown> =>
  sql`(asked_by = ${userId} OR court_code = ${decidesFor}) AND ${seesCase(rows, 'approvals.case_id')}`;

async function find(
  context: StoreContext,
  { approvalId, scope }: { readonly approvalId: string; readonly scope: ApprovalScope },
  lock: RawBuilder<unknown> = sql``,
): Promise<StoredApproval | null> {
  const { rows } = await sql<ApprovalRow>`SELECT ${approvalColumns} FROM approvals
    WHERE approval_id = ${approvalId} AND ${seen(scope)} ${lock}`.execute(context.db);
  return rows[0] ? openApprovalRow(context, rows[0]) : null;
}

async function decide({ seals }: StoreContext, tx: Db, decision: DecisionToKeep): Promise<void> {
  const { approvalId, state, by, at, reason } = decision;
  await sql`UPDATE approvals SET state = ${state}, decided_by = ${by}, decided_at = ${at},
    decision = ${seals.sealJson(reason, decisionPlace(approvalId))} WHERE approval_id = ${approvalId}`.execute(tx);
}

async function list(context: StoreContext, { limit, after, ...scope }: ApprovalPage): Promise<readonly ApprovalHead[]> {
  const waiting = sql`(state = 'waiting' AND expires_at > ${context.clock()})`;
  const next = after === null ? sql`` : sql`AND (${waiting}, approval_id) < (${after.isWaiting}, ${after.approvalId})`;
  const { rows } = await sql<ApprovalRow>`SELECT ${approvalColumns} FROM approvals WHERE ${seen(scope)} ${next}
    ORDER BY ${waiting} DESC, approval_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => openApprovalRow(context, row));
}
