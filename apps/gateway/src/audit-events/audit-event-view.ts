import type { AuditEventView } from '#contracts';
import type { LedgerEvent } from '#store';

/** An event for auditors; the blind indexes of persons stay inside. */
export function auditEventView(event: LedgerEvent): AuditEventView {
  const { seq, at, actor, action, objectId, caseId, caseNumber, debtorId, purpose } = event;
  const { shown, address, result, detail, hasReason, reason, previous, hash } = event;
  return {
    ...{ seq, at, actor, action, objectId, caseId, caseNumber, debtorId, purpose },
    ...{ shown, address, result, detail, hasReason, reason, previous, hash },
  };
}
