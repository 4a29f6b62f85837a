import * as oidc from 'openid-client';

/**
 * `provider-away`: nobody's fault here, later it works; `declined`: the provider or the person said no; `id-token`: what
 * came does not prove anything. Detail: a code.
 */
export type SignInFaultKind = 'provider-away' | 'declined' | 'id-token';

/** A sign-in that came to nothing. Carries codes, never what was sent. */
export class SignInFault extends Error {
  override readonly name = 'SignInFault';
  readonly kind: SignInFaultKind;
  readonly code: string;

  constructor(kind: SignInFaultKind, code: string, options: ErrorOptions = {}) {
    super(`The sign-in came to nothing (${kind}: ${code}).`, options);
    this.kind = kind;
    this.code = code;
  }
}

/** Codes of a provider that cannot be reached or does not serve its keys. */
const away: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'ERR_JWKS_TIMEOUT',
  'ERR_JOSE_GENERIC',
  'ERR_JWKS_INVALID',
]);

/** Rethrows what a library threw as one of ours. */
export function faultOf(error: unknown): never {
  if (error instanceof SignInFault) throw error;
  if (error instanceof oidc.AuthorizationResponseError) throw new SignInFault('declined', 'response', { cause: error });
  const code = codeOf(error);
  const isCut = error instanceof TypeError && error.cause instanceof Error; // how fetch says that nobody was there
  const isAway = away.has(code) || isCut;
  throw new SignInFault(isAway ? 'provider-away' : 'id-token', plain(code), { cause: error });
}

/** A fault as a value; whatever else was thrown goes on. */
export function asFault(error: unknown): SignInFault {
  if (error instanceof SignInFault) return error;
  throw error;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
const plain = (code: string): string => (/^[A-Za-z_-]{1,60}$/.test(code) ? code.toLowerCase() : 'unknown');
