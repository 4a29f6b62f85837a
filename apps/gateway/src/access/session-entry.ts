import type { AuditAction, AuditEntry } from '#contracts';
import type { StoredSession } from '#store';
import type { People } from './people.ts';

interface SessionAct {
  readonly action: Extract<AuditAction, 'session.opened' | 'session.closed'>;
  readonly address: string | null;
  readonly detail: AuditEntry['detail'];
}

/** What the ledger is told when a session begins or ends. */
export const sessionEntry =
  (people: Pick<People, 'find'>, { action, address, detail }: SessionAct) =>
  ({ sessionId, userId }: StoredSession): AuditEntry => {
    const officer = people.find(userId);
    return {
      actor: {
        userId,
        role: officer?.roles[0] ?? 'visitor',
        courtCode: officer?.courtCode ?? null,
        via: sessionId,
      },
      action,
      objectId: sessionId,
      ...{ caseId: null, debtorId: null, purpose: null, reason: null, shown: null },
      address,
      result: 'done',
      detail,
    };
  };
