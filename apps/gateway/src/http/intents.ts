import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { sha256Hex } from '#platform';
import type { IdempotentOutcome, Intent, Outcome, Store, Transaction } from '#store';
import { type Act, actOf } from '../audit/act-of.ts';
import { idIn } from '../audit/record-denied.ts';
import { expectedAction } from '../audit/traces.ts';
import type { Exchange } from './exchange.ts';
import { openGate } from './gate.ts';
import { ProblemError } from './problem-error.ts';

/** One request that creates or sends something. */
export type Intended = Exchange & {
  /** What the key stands for; the body unless something else was sent. */
  readonly content?: unknown;
};

/** What was done: `view` goes out now, `kept` (ids, counts and links only) is stored for a repetition. */
export interface Done<View, Kept = View> {
  readonly status: 200 | 201 | 202;
  readonly location: string | null;
  readonly view: View;
  readonly kept: Kept;
  /** What goes into the ledger, as the last statement of the same transaction. */
  readonly acts?: readonly Act[];
  /** Done once the transaction is committed; not for a repetition. */
  readonly afterwards?: () => Promise<void>;
}

export interface Deed<View, Kept> {
  /** What is kept, as it is read again. */
  readonly keeps: z.ZodType<Kept>;
  /** Runs at most once per key, in the transaction that also keeps the key. */
  readonly act: (tx: Transaction) => Promise<Done<View, Kept>>;
  /** Makes the same view again from what was kept. */
  readonly again: (kept: Kept) => Promise<View> | View;
}

/** Does every intent once, however often it is sent (api.md §2.3). */
export interface Intents {
  once<View, Kept>(exchange: Intended, deed: Deed<View, Kept>): Promise<View>;
}

interface IntentParts {
  readonly idempotency: Store['idempotency'];
  readonly ledger: Pick<Store['ledger'], 'record'>;
  /** Tells bodies apart. Keyed, because it is kept in clear and a body may hold a number that could be guessed. */
  readonly fingerprint: (value: unknown) => string;
  readonly days: number;
}

const keyForm = /^[\x21-\x7e]{16,128}$/;

/**
 * Some deeds need a second connection while their key holds one: with few at a time, they never wait for each other
 * over the last connection of the pool.
 */
const mostAtOnce = 4;

export function openIntents({ idempotency, ledger, fingerprint, days }: IntentParts): Intents {
  const gate = openGate(mostAtOnce);
  return {
    async once(exchange, { keeps, act, again }) {
      const intent = intentOf(exchange, { fingerprint, days });
      const done: Awaited<ReturnType<typeof act>>[] = [];
      const work = async (tx: Transaction): Promise<Outcome> => {
        const each = await act(tx);
        done[0] = each; // the last try counts: the work may run again when a transaction could not be finished
        return { status: each.status, location: each.location, body: each.kept };
      };
      const last = async (tx: Transaction): Promise<void> => {
        for (const each of done[0]?.acts ?? []) await ledger.record(actOf(exchange, each), tx);
      };
      const outcome = unlessRefused(await gate(() => idempotency.run(intent, work, last)));
      if (outcome.replayed) await recordAgain(ledger, exchange, outcome);
      const { reply } = exchange;
      reply.code(outcome.status);
      if (outcome.location !== null) reply.header('location', outcome.location);
      if (outcome.replayed) reply.header('idempotency-replayed', 'true');
      const [first] = done;
      if (outcome.replayed || first === undefined) return again(keeps.parse(outcome.body));
      await first.afterwards?.();
      return first.view;
    },
  };
}

/** The first answer is shown once more: that is a look of its own. */
async function recordAgain(
  ledger: Pick<Store['ledger'], 'record'>,
  exchange: Exchange,
  { location }: Pick<Outcome, 'location'>,
): Promise<void> {
  const action = expectedAction(exchange.request);
  if (action === null) return;
  const objectId = idIn(location ?? exchange.request.url);
  await ledger.record(actOf(exchange, { action, objectId, detail: { replayed: true } }));
}

/** @throws ProblemError `idempotency-key-required` when the header is missing or not of the right form */
export function intentKey({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && keyForm.test(key)) return key;
  const fix = 'Make one key of 16 to 128 visible ASCII characters per intent.';
  const errors = [
    {
      parameter: 'Idempotency-Key',
      code: key === undefined ? 'required' : 'wrong-form',
      detail: 'The header is missing or not of the right form.',
      fix,
    },
  ];
  throw new ProblemError('idempotency-key-required', 'The request needs the header Idempotency-Key.', { errors });
}

function intentOf(
  { request, caller, content }: Intended,
  { fingerprint, days }: Pick<IntentParts, 'fingerprint' | 'days'>,
): Intent {
  const [path = '/'] = request.url.split('?', 1);
  return {
    caller: caller.officer.userId,
    method: request.method,
    path,
    key: sha256Hex(intentKey(request)), // kept in clear, and a client may have made it of anything
    days,
    fingerprint: fingerprint(content ?? request.body ?? null),
  };
}

function unlessRefused(outcome: IdempotentOutcome): Exclude<IdempotentOutcome, string> {
  if (outcome === 'in-flight') {
    throw new ProblemError('idempotency-key-in-flight', 'A request with this key is still being worked on.', {
      headers: { 'retry-after': '1' },
    });
  }
  if (outcome === 'reused')
    throw new ProblemError('idempotency-key-reused', 'This key was used before with another body.');
  return outcome;
}
