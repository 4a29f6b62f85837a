import type { AuditEventView } from '#contracts';
import type { LedgerEvent } from '#store';

/** An event for auditors; the blind indexes of persons stay inside. */
export const auditEventView = ({ atMs: _, persons: __, ...event }: LedgerEvent): AuditEventView => event;
