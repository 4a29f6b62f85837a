import type { AuditAction, AuditEntry } from '#contracts';
import type { Exchange } from '../http/exchange.ts';

/** What a handler says about an act; who did it, and from where, is known from the request. */
export type Act = { readonly action: AuditAction } & Partial<Omit<AuditEntry, 'actor' | 'address' | 'action'>>;

/** The entry for the ledger of something that a known person did. */
export function actOf({ caller, request }: Exchange, act: Act): AuditEntry {
  const { officer, via } = caller;
  return {
    ...{ objectId: null, caseId: null, debtorId: null, purpose: null, reason: null, shown: null },
    ...{ result: 'done', detail: {}, address: request.ip },
    ...act,
    actor: {
      userId: officer.userId,
      role: officer.roles[0] ?? 'visitor',
      courtCode: officer.courtCode,
      via,
    },
  };
}
