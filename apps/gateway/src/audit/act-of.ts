import type { AuditAction, AuditEntry } from '#contracts';
import type { FastifyRequest } from 'fastify';
import type { Exchange } from '../http/exchange.ts';
import { entryFor } from './traces.ts';

/** What a handler says about an act; who did it, and from where, is known from the request. */
export type Act = { readonly action: AuditAction } & Partial<Omit<AuditEntry, 'actor' | 'address' | 'action'>>;

const nothingSaid = { objectId: null, caseId: null, debtorId: null, purpose: null, reason: null, shown: null };

/** The entry for the ledger of something that a known person did. */
export function actOf({ caller, request }: Pick<Exchange, 'caller' | 'request'>, act: Act): AuditEntry {
  const { officer, via } = caller;
  return entryFor(request, {
    ...nothingSaid,
    ...{ result: 'done', detail: {}, address: request.ip },
    ...act,
    actor: {
      userId: officer.userId,
      role: officer.roles[0] ?? 'visitor',
      courtCode: officer.courtCode,
      via,
    },
  });
}

/** The same of somebody who is not known (yet), such as a sign-in that is refused. */
export const actOfVisitor = (request: FastifyRequest, act: Act): AuditEntry =>
  entryFor(request, {
    ...nothingSaid,
    ...{ result: 'done', detail: {}, address: request.ip },
    ...act,
    actor: { userId: null, role: 'visitor', courtCode: null, via: null },
  });
