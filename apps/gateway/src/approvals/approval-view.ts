import type { ApprovalItem, ApprovalOutcome, ApprovalView, ScopeName } from '#contracts';
import type { ApprovalHead, ApprovalScope, StoredApproval } from '#store';
import type { Caller } from '../access/caller.ts';

/** Who may see and set the marks of debtors. */
const marksScope: ScopeName = 'cases:assign';

/** Whose approvals a caller sees: their own, and those they may decide. */
export const scopeOf = ({ officer, scopes, rows }: Caller): ApprovalScope => ({
  userId: officer.userId,
  decidesFor: scopes.has('approvals:decide') ? officer.courtCode : null,
  rows: rows.read,
});

/** That a debtor is marked is told only to those who may see the mark. */
const shownCauses = ({ scopes }: Caller, { causes }: ApprovalHead): ApprovalItem['causes'] =>
  scopes.has(marksScope) ? [...causes] : causes.map((cause) => (cause === 'marked-debtor' ? 'court-policy' : cause));

export const itemOf = (caller: Caller, head: ApprovalHead): ApprovalItem => ({
  approvalId: head.approvalId,
  state: head.state,
  caseId: head.caseId,
  debtorId: head.debtorId,
  purpose: head.purpose,
  causes: shownCauses(caller, head),
  askedBy: head.askedBy,
  askedAt: head.askedAt,
  expiresAt: head.expiresAt,
  wishedApproverId: head.wishedApproverId,
  decidedBy: head.decidedBy,
  decidedAt: head.decidedAt,
  inquiryId: head.inquiryId,
});

export function viewOf(caller: Caller, stored: StoredApproval): ApprovalView {
  const { scope, legal, transactionPeriod, dueAt, origin, reason } = stored.body;
  const asked = { scope, legal, transactionPeriod, dueAt, origin };
  return { ...itemOf(caller, stored), reason, decisionReason: stored.decisionReason, asked };
}

export const outcomeOf = ({ approvalId, state, inquiryId }: ApprovalOutcome): ApprovalOutcome => ({
  ...{ approvalId, state, inquiryId },
});

export const addressOf = (approvalId: string): string => `/api/v1/approvals/${approvalId}`;
