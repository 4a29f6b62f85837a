import type { RefusedAddress } from '#store';
import type { FastifyRequest } from 'fastify';
import { addressOf } from './address.ts';
import type { SessionCookies } from './session-cookies.ts';
import type { SessionRegister } from './session-register.ts';
import type { Recognised, TokenRegister } from './token-register.ts';

export type Presented = { readonly recognised: Recognised; readonly from: RefusedAddress };

/** Who a request belongs to: by its bearer token, or else by the cookie of its browser. */
export interface Credentials {
  /** A request with both is judged by the token only: what a browser adds by itself proves no intent. */
  ofRequest(request: Pick<FastifyRequest, 'headers' | 'cookies' | 'ip'>): Promise<Presented>;
  /** Who a long answer belongs to now, by the id of the token or session it was begun with. */
  byId(via: string): Promise<Recognised>;
}

interface CredentialParts {
  readonly tokens: TokenRegister;
  readonly sessions: SessionRegister;
  readonly cookies: Pick<SessionCookies, 'session'>;
  readonly now: () => Date;
}

export const openCredentials = ({ tokens, sessions, cookies, now }: CredentialParts): Credentials => ({
  async ofRequest(request) {
    const { authorization } = request.headers;
    const cookie = request.cookies[cookies.session];
    const address = addressOf(request.ip);
    if (authorization === undefined && cookie !== undefined)
      return { recognised: await sessions.recognise(cookie, now()), from: { way: 'session', address } };
    return { recognised: await tokens.recognise(authorization, now()), from: { way: 'token', address } };
  },
  byId: (via) => (via.startsWith('ses_') ? sessions : tokens).byId(via, now()),
});
