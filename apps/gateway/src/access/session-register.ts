import { hashToken } from '#platform';
import type { Store, StoredSession } from '#store';
import { callerFor } from './caller.ts';
import type { People } from './people.ts';
import type { SessionCookies } from './session-cookies.ts';
import { sessionEntry } from './session-entry.ts';
import type { Recognised } from './token-register.ts';

/** Browsers that have signed in. */
export interface SessionRegister {
  /** By the cookie. Being recognised keeps the session from going idle. */
  recognise(cookie: string, now: Date): Promise<Recognised>;
  byId(sessionId: string, now: Date): Promise<Recognised>;
}

interface RegisterParts {
  readonly sessions: Pick<Store['sessions'], 'use' | 'byId' | 'end'>;
  readonly cookies: Pick<SessionCookies, 'isOurs'>;
  readonly people: People;
  readonly idleMs: number;
}

export function openSessionRegister({ sessions, cookies, people, idleMs }: RegisterParts): SessionRegister {
  const judge = async (session: StoredSession | null): Promise<Recognised> => {
    if (!session) return { refused: 'not-signed-in', cause: 'ended-session' };
    const officer = people.find(session.userId);
    if (officer) return { caller: callerFor(officer, { via: session.sessionId, scopes: null, session }) };
    const gone = sessionEntry(people, { action: 'session.closed', address: null, detail: { cause: 'left-register' } });
    await sessions.end(session.sessionId, gone);
    return { refused: 'not-signed-in', cause: 'ended-session' };
  };
  return {
    async recognise(cookie, now) {
      if (!cookies.isOurs(cookie)) return { refused: 'not-signed-in', cause: 'forged-session' };
      return judge(await sessions.use(hashToken(cookie), { at: now, idleMs }));
    },
    byId: async (sessionId, now) => judge(await sessions.byId(sessionId, now)),
  };
}
