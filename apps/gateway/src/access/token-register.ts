import { type RegisteredOfficer, scopesOfRole, type TokenEntry } from '#contracts';
import { hashToken } from '#platform';
import type { Caller } from './caller.ts';

/** What a token says about who calls. */
export type Recognised = { readonly caller: Caller } | { readonly refused: 'not-signed-in' | 'token-expired' };

export interface TokenRegister {
  /** By the `Authorization` header. Only hashes are compared: a look-up by hash takes the same time for every wrong token. */
  recognise(authorization: string | undefined, now: Date): Recognised;
  /** By the id of a token that was recognised before, for the operators' session. */
  byId(tokenId: string, now: Date): Recognised;
}

const bearer = /^Bearer (ckt_[A-Za-z0-9_-]{16,200})$/;

export function openTokenRegister(
  tokens: readonly TokenEntry[],
  officers: readonly RegisteredOfficer[],
): TokenRegister {
  const people = new Map(officers.map((officer) => [officer.userId, officer]));
  const byHash = new Map(tokens.map((entry) => [entry.tokenHash, entry]));
  const byId = new Map(tokens.map((entry) => [entry.tokenId, entry]));
  const judge = (entry: TokenEntry | undefined, now: Date): Recognised => {
    const officer = entry && people.get(entry.userId);
    if (!entry || !officer) return { refused: 'not-signed-in' };
    if (entry.expiresAt !== null && Date.parse(entry.expiresAt) <= now.getTime()) return { refused: 'token-expired' };
    return { caller: callerFrom(entry, officer) };
  };
  return {
    recognise(authorization, now) {
      const [, token] = bearer.exec(authorization ?? '') ?? [];
      return token === undefined ? { refused: 'not-signed-in' } : judge(byHash.get(hashToken(token)), now);
    },
    byId: (tokenId, now) => judge(byId.get(tokenId), now),
  };
}

/** A token has at most what its person's roles give. */
function callerFrom({ tokenId, scopes }: TokenEntry, officer: RegisteredOfficer): Caller {
  const ofRoles = officer.roles.flatMap((role) => scopesOfRole[role]);
  return {
    tokenId,
    officer,
    scopes: new Set(scopes === null ? ofRoles : ofRoles.filter((scope) => scopes.includes(scope))),
  };
}
