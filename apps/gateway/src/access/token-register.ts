import type { TokenEntry } from '#contracts';
import { hashToken } from '#platform';
import { type Caller, callerFor } from './caller.ts';
import type { People } from './people.ts';

/** What a token says about who calls. */
export type Recognised = { readonly caller: Caller } | { readonly refused: 'not-signed-in' | 'token-expired' };

export interface TokenRegister {
  /** By the `Authorization` header. Only hashes are compared: a look-up by hash takes the same time for every wrong token. */
  recognise(authorization: string | undefined, now: Date): Recognised;
  /** By the id of a token that was recognised before, for the operators' session. */
  byId(tokenId: string, now: Date): Recognised;
}

const bearer = /^Bearer (ckt_[A-Za-z0-9_-]{16,200})$/;

export function openTokenRegister(tokens: readonly TokenEntry[], people: Pick<People, 'find'>): TokenRegister {
  const byHash = new Map(tokens.map((entry) => [entry.tokenHash, entry]));
  const byId = new Map(tokens.map((entry) => [entry.tokenId, entry]));
  const judge = (entry: TokenEntry | undefined, now: Date): Recognised => {
    const officer = entry && people.find(entry.userId);
    if (!entry || !officer) return { refused: 'not-signed-in' };
    if (entry.expiresAt !== null && Date.parse(entry.expiresAt) <= now.getTime()) return { refused: 'token-expired' };
    return { caller: callerFor(officer, { via: entry.tokenId, scopes: entry.scopes }) };
  };
  return {
    recognise(authorization, now) {
      const [, token] = bearer.exec(authorization ?? '') ?? [];
      return token === undefined ? { refused: 'not-signed-in' } : judge(byHash.get(hashToken(token)), now);
    },
    byId: (tokenId, now) => judge(byId.get(tokenId), now),
  };
}
