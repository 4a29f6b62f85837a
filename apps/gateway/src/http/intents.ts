import type { FastifyRequest } from 'fastify';
import type { IdempotentOutcome, Intent, Outcome, Store, Transaction } from '#store';
import type { Exchange } from './exchange.ts';
import { openGate } from './gate.ts';
import { ProblemError } from './problem-error.ts';

/** One request that creates or sends something. */
export type Intended = Exchange & {
  /** What the key stands for; the body unless something else was sent. */
  readonly content?: unknown;
};

/** What was done: `view` goes out now, `kept` (ids, counts and links only) is stored for a repetition. */
export interface Done<View> {
  readonly status: 200 | 201 | 202;
  readonly location: string | null;
  readonly view: View;
  readonly kept: unknown;
  /** Done once the transaction is committed; not for a repetition. */
  readonly afterwards?: () => Promise<void>;
}

export interface Deed<View> {
  /** Runs at most once per key, in the transaction that also keeps the key. */
  readonly act: (tx: Transaction) => Promise<Done<View>>;
  /** Makes the same view again from what was kept. */
  readonly again: (kept: unknown) => Promise<View>;
}

/** Does every intent once, however often it is sent (api.md §2.3). */
export interface Intents {
  once<View>(exchange: Intended, deed: Deed<View>): Promise<View>;
}

interface IntentParts {
  readonly idempotency: Store['idempotency'];
  readonly contentHash: (value: unknown) => string;
  readonly days: number;
}

const keyForm = /^[\x21-\x7e]{16,128}$/;

/**
 * Some deeds need a second connection while their key holds one: with few at a time, they never wait for each other
 * over the last connection of the pool.
 */
const mostAtOnce = 4;

export function openIntents({ idempotency, contentHash, days }: IntentParts): Intents {
  const gate = openGate(mostAtOnce);
  return {
    async once(exchange, { act, again }) {
      const intent = intentOf(exchange, { contentHash, days });
      const done: Awaited<ReturnType<typeof act>>[] = [];
      const work = async (tx: Transaction): Promise<Outcome> => {
        const each = await act(tx);
        done[0] = each; // the last try counts: the work may run again when a transaction could not be finished
        return { status: each.status, location: each.location, body: each.kept };
      };
      const outcome = unlessRefused(await gate(() => idempotency.run(intent, work)));
      const { reply } = exchange;
      reply.code(outcome.status);
      if (outcome.location !== null) reply.header('location', outcome.location);
      if (outcome.replayed) reply.header('idempotency-replayed', 'true');
      const [first] = done;
      if (outcome.replayed || first === undefined) return again(outcome.body);
      await first.afterwards?.();
      return first.view;
    },
  };
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
  { contentHash, days }: Pick<IntentParts, 'contentHash' | 'days'>,
): Intent {
  const [path = '/'] = request.url.split('?', 1);
  const fingerprint = contentHash(content ?? request.body ?? null);
  return { caller: caller.officer.userId, method: request.method, path, key: intentKey(request), days, fingerprint };
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
