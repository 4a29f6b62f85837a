/** Why somebody was not let in: codes, for the ledger and for counting. */
export type RefusalCause =
  | 'nothing-sent'
  | 'malformed-token'
  | 'unknown-token'
  | 'expired-token'
  | 'left-register'
  | 'forged-session'
  | 'ended-session'
  | 'state'
  | 'id-token'
  | 'not-in-register'
  | 'logout-token';

export interface Refused {
  readonly refused: 'not-signed-in' | 'token-expired';
  readonly cause: RefusalCause;
}

/**
 * Neither of these is an attempt to get in: a page that asks who it is before anybody has signed in, and a browser that
 * comes back the next morning with the cookie we gave it. A court behind one address has a hundred of them at nine.
 */
const harmless: ReadonlySet<RefusalCause> = new Set(['nothing-sent', 'ended-session']);
export const isFailure = (cause: RefusalCause): boolean => !harmless.has(cause);
