import { ProblemError } from '../http/problem-error.ts';
import type { Caller } from './caller.ts';

/**
 * Some acts want somebody who has just proved who they are. Tokens are programs: nobody sits there to sign in again.
 * @throws ProblemError `step-up-required`, with the address where the person signs in again
 */
export function checkFresh({ session }: Pick<Caller, 'session'>, withinSeconds: number, now: Date): void {
  if (!session || now.getTime() - session.authenticatedAt.getTime() <= withinSeconds * 1_000) return;
  throw new ProblemError('step-up-required', `The last sign-in is older than ${withinSeconds} seconds.`, {
    errors: [
      {
        parameter: 'session',
        code: 'step-up-required',
        detail: 'This needs a sign-in that is a short time old.',
        fix: 'Open /auth/sign-in?fresh=1&returnTo=… with the path of your page, then repeat the request.',
      },
    ],
    headers: { link: '</auth/sign-in?fresh=1>; rel="authenticate"' },
  });
}
