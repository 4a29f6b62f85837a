import {
  approvalCauseSchema,
  type ApprovalCause,
  type ApprovalState,
  approvalViewSchema,
  type NewApproval,
  newApprovalSchema,
  type Purpose,
  purposeSchema,
} from '#contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import { instantOrNull, type StoreContext } from './store-context.ts';

/** An approval (审批) as it is kept, without what is sealed. */
export type ApprovalHead = {
  readonly approvalId: string;
  readonly courtCode: string;
  readonly state: ApprovalState;
  readonly caseId: string;
  readonly debtorId: string;
  readonly purpose: Purpose;
  readonly causes: readonly ApprovalCause[];
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly wishedApproverId: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly inquiryId: string | null;
};

/** `body`: what would be asked, as it was sent, with the reason. */
export type StoredApproval = ApprovalHead & { readonly body: NewApproval; readonly decisionReason: string | null };

export type ApprovalRow = {
  approval_id: string;
  court_code: string;
  case_id: string;
  debtor_id: string;
  purpose: string;
  asked_by: string;
  asked_at: Date;
  expires_at: Date;
  wished_approver: string | null;
  body: Buffer;
  state: string;
  decided_by: string | null;
  decided_at: Date | null;
  decision: Buffer | null;
  inquiry_id: string | null;
};

export const approvalColumns = sql`approval_id, court_code, case_id, debtor_id, purpose, asked_by, asked_at, expires_at,
  wished_approver, body, state, decided_by, decided_at, decision, inquiry_id`;

export const approvalPlace = (approvalId: string): string => `approvals.body/${approvalId}`;
export const decisionPlace = (approvalId: string): string => `approvals.decision/${approvalId}`;

/** Sealed together: a cause may tell that a debtor is marked. */
const bodySchema = z.strictObject({ body: newApprovalSchema, causes: z.array(approvalCauseSchema) });
const { state: stateSchema } = approvalViewSchema.shape;

/** Nobody has to wake up for it to expire: whoever looks after its time sees it expired. */
function stateOf(row: ApprovalRow, now: Date): ApprovalState {
  const isOpen = row.state === 'waiting' || row.state === 'approved';
  return isOpen && row.expires_at.getTime() <= now.getTime() ? 'expired' : stateSchema.parse(row.state);
}

const headOf = (context: StoreContext, row: ApprovalRow): Omit<ApprovalHead, 'causes'> => ({
  approvalId: row.approval_id,
  courtCode: row.court_code,
  state: stateOf(row, context.clock()),
  caseId: row.case_id,
  debtorId: row.debtor_id,
  purpose: purposeSchema.parse(row.purpose),
  askedBy: row.asked_by,
  askedAt: context.toInstant(row.asked_at),
  expiresAt: context.toInstant(row.expires_at),
  wishedApproverId: row.wished_approver,
  decidedBy: row.decided_by,
  decidedAt: instantOrNull(context, row.decided_at),
  inquiryId: row.inquiry_id,
});

export function openApprovalRow(context: StoreContext, row: ApprovalRow): StoredApproval {
  const { seals } = context;
  const id = row.approval_id;
  return {
    ...headOf(context, row),
    ...bodySchema.parse(seals.openJson<unknown>(row.body, approvalPlace(id))),
    decisionReason: row.decision === null ? null : seals.openJson<string>(row.decision, decisionPlace(id)),
  };
}
