import type { AuditEntry } from '#contracts';

/** An entry of an invented person. */
export const auditEntry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: { userId: 'usr_zhao', role: 'officer', courtCode: '990100', via: 'tok_zhao' },
  action: 'report.read',
  objectId: 'rep_1',
  ...{ caseId: null, debtorId: null, purpose: null, reason: null, shown: null },
  address: '127.0.0.1',
  result: 'done',
  detail: {},
  ...more,
});
