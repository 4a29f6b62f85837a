import type { Ledger } from '#store';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.ts';
import type { ProblemError } from '../http/problem-error.ts';
import { actOf } from './act-of.ts';
import { expectedAction } from './traces.ts';

const denials = new Set<string>(['not-allowed', 'not-found', 'reason-required', 'step-up-required', 'own-draft']);

/**
 * Somebody who is known wanted something that leaves a trace, and did not get it: not their right, not their court's, or
 * not there at all, which the answer does not tell apart and the ledger does not either. A right that is lacking is put
 * down also where the operation leaves no trace. Other problems show nothing.
 */
export async function recordDenied(
  ledger: Pick<Ledger, 'record'>,
  request: FastifyRequest,
  { code }: Pick<ProblemError, 'code'>,
): Promise<void> {
  const caller = callerOf(request);
  const wanted = expectedAction(request);
  if (!caller || !denials.has(code)) return;
  if (wanted === null && code !== 'not-allowed') return;
  const route = (request.routeOptions.url ?? '').slice(0, 200);
  await ledger.record(
    actOf(
      { caller, request },
      {
        action: 'access.denied',
        objectId: idIn(request.url),
        result: 'refused',
        detail: { code, wanted, method: request.method, route },
      },
    ),
  );
}

const ownId = /^[a-z]{3,4}_[0-9A-Za-z-]{1,64}$/;

/** The id of ours that an address names last; null: none. */
export const idIn = (url: string): string | null =>
  (url.split('?', 1)[0] ?? '').split('/').findLast((part) => ownId.test(part)) ?? null;
