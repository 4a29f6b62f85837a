import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';

/** What a caller asked for under a key (api.md §2.3): caller, method, path and key together name one intent. */
export type Intent = {
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  /** SHA-256 over the canonical body. */
  readonly fingerprint: string;
  /** How long the outcome is kept. */
  readonly days: number;
};
/** Ids, counts and links only: it is kept in clear. */
export type Outcome = { readonly status: number; readonly location: string | null; readonly body: unknown };
export type IdempotentOutcome = (Outcome & { readonly replayed: boolean }) | 'in-flight' | 'reused';

type Last = (tx: Transaction) => Promise<void>;

export type Idempotency = {
  /**
   * Does the work once per key, in one transaction with the record of its outcome: both are there or neither. When the
   * work throws, nothing is kept and the key is free again. `in-flight`: the same key is being worked on right now;
   * `reused`: the key stands for another body. `last` is the last statement before the commit: it may take a lock that
   * everybody wants.
   */
  run(intent: Intent, work: (tx: Transaction) => Promise<Outcome>, last?: Last): Promise<IdempotentOutcome>;
  /** Removes outcomes that are older than their days, at most `limit`; how many. */
  forget(limit: number): Promise<number>;
};

export const openIdempotency = (context: StoreContext): Idempotency => ({
  run: (intent, work, last = async () => {}) => run(context, intent, { work, last }),
  forget: (limit) => forget(context, limit),
});

/** The key was finished by another process between our look and our lock. */
class FinishedMeanwhile extends Error {
  override readonly name = 'FinishedMeanwhile';
}

const dayMs = 86_400_000;
const maxLooks = 3;

async function run(context: StoreContext, intent: Intent, doing: Doing): Promise<IdempotentOutcome> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await context.db.transaction().execute((tx) => attempt(context, tx, { intent, ...doing }));
    } catch (error) {
      if (error instanceof FinishedMeanwhile && looks < maxLooks) continue;
      // what was done under this key a moment ago may be just what stopped it now
      const done = await look(context.db, intent, context.clock());
      if (done === null || typeof done === 'string') throw error;
      return done;
    }
  }
}

type Doing = { readonly work: (tx: Transaction) => Promise<Outcome>; readonly last: Last };
type Work = Doing & { readonly intent: Intent };

async function attempt(
  context: StoreContext,
  tx: Transaction,
  { intent, work, last }: Work,
): Promise<IdempotentOutcome> {
  const now = context.clock();
  const known = await look(tx, intent, now);
  if (known !== null) return known;
  const outcome = await work(tx);
  const { caller, method, path, key, fingerprint, days } = intent;
  const expiresAt = new Date(now.getTime() + days * dayMs);
  const { rows } = await sql<{ key: string }>`
    INSERT INTO idempotency_keys AS kept (caller, method, path, key, fingerprint, status, location, body, expires_at)
    VALUES (${caller}, ${method}, ${path}, ${key}, ${fingerprint}, ${outcome.status}, ${outcome.location},
      ${JSON.stringify(outcome.body)}::jsonb, ${expiresAt})
    ON CONFLICT (caller, method, path, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
      location = excluded.location, body = excluded.body, expires_at = excluded.expires_at
    WHERE kept.expires_at <= ${now}
    RETURNING key`.execute(tx);
  if (rows.length === 0) throw new FinishedMeanwhile();
  await last(tx);
  return { ...outcome, replayed: false };
}

type KeyRow = {
  got: boolean;
  fingerprint: string | null;
  status: number | null;
  location: string | null;
  body: unknown;
};

/**
 * Lock and look in one round trip. The look may be a moment older than the lock; then the insert above finds the key
 * taken, everything is undone and looked at again.
 */
async function look(tx: Db, intent: Intent, now: Date): Promise<IdempotentOutcome | null> {
  const { caller, method, path, key, fingerprint } = intent;
  const name = JSON.stringify([caller, method, path, key]);
  const { rows } = await sql<KeyRow>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS got, kept.fingerprint, kept.status, kept.location, kept.body
    FROM (SELECT 1) AS one LEFT JOIN idempotency_keys AS kept
      ON (kept.caller, kept.method, kept.path, kept.key) = (${caller}, ${method}, ${path}, ${key}) AND kept.expires_at > ${now}
  `.execute(tx);
  const [row] = rows;
  if (row === undefined) return 'in-flight';
  if (row.fingerprint === null || row.status === null) return row.got ? null : 'in-flight';
  if (row.fingerprint !== fingerprint) return 'reused';
  return { status: row.status, location: row.location, body: row.body, replayed: true };
}

async function forget({ db, clock }: StoreContext, limit: number): Promise<number> {
  const { rows } = await sql<{ key: string }>`DELETE FROM idempotency_keys WHERE ctid IN (
    SELECT ctid FROM idempotency_keys WHERE expires_at <= ${clock()} ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
  ) RETURNING key`.execute(db);
  return rows.length;
}
