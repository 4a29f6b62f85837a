import { equalsConstantTime } from '#platform';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';
import type { AccessKeys } from './keys.ts';

/** Tokens that a page has to show besides the cookie, which the browser sends whoever asks. */
export interface Csrf {
  /** Bound to the session: one from before the sign-in, or of another browser, does not fit. */
  tokenOf(sessionId: string): string;
  /**
   * @param token of the header or the form
   * @throws ProblemError `csrf`
   */
  check(request: Pick<FastifyRequest, 'headers'>, sessionId: string, token: unknown): void;
}

const kind = 'csrf-token';

export function openCsrf(keyring: AccessKeys, publicUrl: string): Csrf {
  const { origin: own } = new URL(publicUrl);
  return {
    tokenOf: (sessionId) => keyring.blindIndex(kind, sessionId),
    check({ headers }, sessionId, token) {
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin') throw refused('The request comes from another site.');
      if (headers.origin !== undefined && headers.origin !== own)
        throw refused('The request comes from another origin.');
      const fits =
        typeof token === 'string' &&
        keyring.blindIndexes(kind, sessionId).some((right) => equalsConstantTime(right, token));
      if (!fits) throw refused('The header X-CSRF-Token is missing or belongs to another session.');
    },
  };
}

const changesNothing: ReadonlySet<string> = new Set(['GET', 'HEAD']);
export const isWriting = ({ method }: Pick<FastifyRequest, 'method'>): boolean => !changesNothing.has(method);

const refused = (detail: string): ProblemError =>
  new ProblemError('csrf', detail, {
    errors: [
      {
        parameter: 'X-CSRF-Token',
        code: 'csrf',
        detail,
        fix: 'Read csrfToken from GET /api/v1/me and send it, from a page of this gateway.',
      },
    ],
  });
