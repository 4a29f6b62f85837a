import type { ScopeName, TokenEntry } from '#contracts';
import { hashToken } from '#platform';
import type { Store } from '#store';
import { type Caller, callerFor } from './caller.ts';
import type { People } from './people.ts';
import type { Refused } from './refused.ts';

/** What a token or a session says about who calls. */
export type Recognised = { readonly caller: Caller } | Refused;

export interface TokenRegister {
  /** By the `Authorization` header. Only hashes are compared: a look-up by hash takes the same time for every wrong token. */
  recognise(authorization: string | undefined, now: Date): Promise<Recognised>;
  /** By the id of a token that was recognised before: for the operators' session and for streams. */
  byId(tokenId: string, now: Date): Promise<Recognised>;
}

interface RegisterParts {
  /** Of the configuration's file. */
  readonly tokens: readonly TokenEntry[];
  /** Made at work. They are asked for at every call, so that a revoked one ends at once on every gateway. */
  readonly stored: Pick<Store['tokens'], 'use' | 'byId'>;
  readonly people: Pick<People, 'find'>;
  readonly dayOf: (date: Date) => string;
}

interface Known {
  readonly tokenId: string;
  readonly userId: string;
  readonly scopes: readonly ScopeName[] | null;
  readonly expiresAt: Date | null;
}

const bearer = /^Bearer (ckt_[A-Za-z0-9_-]{16,200})$/;
const known = ({ expiresAt, ...entry }: TokenEntry): Known => ({
  ...entry,
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
});

export function openTokenRegister({ tokens, stored, people, dayOf }: RegisterParts): TokenRegister {
  const byHash = new Map(tokens.map((entry) => [entry.tokenHash, known(entry)]));
  const byId = new Map(tokens.map((entry) => [entry.tokenId, known(entry)]));
  const judge = (entry: Known | null, now: Date): Recognised => {
    if (!entry) return { refused: 'not-signed-in', cause: 'unknown-token' };
    const officer = people.find(entry.userId);
    if (!officer) return { refused: 'not-signed-in', cause: 'left-register' };
    if (entry.expiresAt !== null && entry.expiresAt <= now) return { refused: 'token-expired', cause: 'expired-token' };
    return { caller: callerFor(officer, { via: entry.tokenId, scopes: entry.scopes }) };
  };
  return {
    async recognise(authorization, now) {
      if (authorization === undefined) return { refused: 'not-signed-in', cause: 'nothing-sent' };
      const [, token] = bearer.exec(authorization) ?? [];
      if (token === undefined) return { refused: 'not-signed-in', cause: 'malformed-token' };
      const hash = hashToken(token);
      return judge(byHash.get(hash) ?? (await stored.use(hash, dayOf(now))), now);
    },
    byId: async (tokenId, now) => judge(byId.get(tokenId) ?? (await stored.byId(tokenId)), now),
  };
}
