import type { AuditEntry } from '#contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Transaction } from './database.ts';
import { openLedger } from './ledger.ts';
import { nextStanding, type RefusalPolicy, type RefusalStanding } from './refusal-standing.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** Ways of signing in are counted apart: a program with a wrong token keeps no person out. */
export type RefusedWay = 'token' | 'session' | 'sign-in';
export type RefusedAddress = { readonly way: RefusedWay; readonly address: string };
/** Codes of causes, and how often each came. */
export type RefusalCounts = Readonly<Record<string, number>>;
export type Refusal = RefusedAddress & { readonly causes: RefusalCounts; readonly at: Date };
/** What the ledger is told of one address at once. */
export type RefusalEntryOf = (refused: RefusedAddress, causes: RefusalCounts) => AuditEntry;

/** Refused sign-ins per address, counted for all gateways together. */
export type Refusals = {
  /** One more failure; until when the address waits, or null. The ledger is told at once if it has not been for a minute. */
  count(refusal: Refusal, policy: RefusalPolicy, entryOf: RefusalEntryOf): Promise<Date | null>;
  /** Failures within a wait: they change nothing but what the ledger is told. */
  add(refusals: readonly Refusal[]): Promise<void>;
  lockedUntil(refused: RefusedAddress, at: Date): Promise<Date | null>;
  /** Tells the ledger of what came within the last minute, one entry per address, at most `limit`; how many. */
  tell(at: Date, limit: number, entryOf: RefusalEntryOf): Promise<number>;
  /** Forgets addresses that have been quiet since then. */
  sweep(before: Date, limit: number): Promise<number>;
};

export const openRefusals = (context: StoreContext): Refusals => ({
  count: (refusal, policy, entryOf) => count(context, refusal, { policy, entryOf }),
  add: (refusals) => add(context, refusals),
  lockedUntil: (refused, at) => lockedUntil(context, refused, at),
  tell: (at, limit, entryOf) => tell(context, { at, limit }, entryOf),
  sweep: (before, limit) => sweep(context, before, limit),
});

const tellEveryMs = 60_000;
const countsSchema = z.record(z.string(), z.number());

type RefusalRow = {
  way: RefusedWay;
  address: string;
  failures: number;
  window_ends_at: Date;
  strikes: number;
  locked_until: Date | null;
  last_at: Date;
  untold: unknown;
  told_at: Date | null;
};

const standingOf = (row: RefusalRow): RefusalStanding => ({
  failures: row.failures,
  windowEndsAt: row.window_ends_at,
  strikes: row.strikes,
  lockedUntil: row.locked_until,
  lastAt: row.last_at,
});

const sumOf = (one: RefusalCounts, other: RefusalCounts): RefusalCounts =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((cause) => [
      cause,
      (one[cause] ?? 0) + (other[cause] ?? 0),
    ]),
  );

type Counting = { readonly policy: RefusalPolicy; readonly entryOf: RefusalEntryOf };

const count = (context: StoreContext, refusal: Refusal, { policy, entryOf }: Counting): Promise<Date | null> =>
  inTransaction(context.db, async (tx) => {
    const { way, address, at } = refusal;
    const { rows } = await sql<RefusalRow>`SELECT * FROM refused_addresses
      WHERE way = ${way} AND address = ${address} FOR UPDATE`.execute(tx);
    const [before] = rows;
    const next = nextStanding(before ? standingOf(before) : null, at, policy);
    const causes = sumOf(before ? countsSchema.parse(before.untold) : {}, refusal.causes);
    const isTold = !before?.told_at || at.getTime() - before.told_at.getTime() >= tellEveryMs;
    const untold = JSON.stringify(isTold ? {} : causes);
    const toldAt = isTold ? at : before.told_at;
    await sql`INSERT INTO refused_addresses (way, address, failures, window_ends_at, strikes, locked_until, last_at, untold, told_at)
      VALUES (${way}, ${address}, ${next.failures}, ${next.windowEndsAt}, ${next.strikes}, ${next.lockedUntil}, ${at},
        ${untold}::jsonb, ${toldAt})
      ${before ? overwritten : sql``}`.execute(tx);
    if (isTold) await openLedger(context).record(entryOf({ way, address }, causes), tx);
    return next.lockedUntil;
  });

/** Only where the row was seen and locked: two that meet at a new address collide, and one of them tries again. */
const overwritten = sql`ON CONFLICT (way, address) DO UPDATE SET failures = excluded.failures,
  window_ends_at = excluded.window_ends_at, strikes = excluded.strikes, locked_until = excluded.locked_until,
  last_at = excluded.last_at, untold = excluded.untold, told_at = excluded.told_at`;

const add = (context: StoreContext, refusals: readonly Refusal[]): Promise<void> =>
  inTransaction(context.db, async (tx) => {
    for (const { way, address, causes } of refusals.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)))
      await addOne(tx, { way, address }, causes);
  });

const placeOf = ({ way, address }: RefusedAddress): string => `${way} ${address}`;

async function addOne(tx: Transaction, { way, address }: RefusedAddress, causes: RefusalCounts): Promise<void> {
  const { rows } = await sql<{ untold: unknown }>`SELECT untold FROM refused_addresses
    WHERE way = ${way} AND address = ${address} FOR UPDATE`.execute(tx);
  const [row] = rows;
  if (!row) return; // swept meanwhile
  const untold = JSON.stringify(sumOf(countsSchema.parse(row.untold), causes));
  await sql`UPDATE refused_addresses SET untold = ${untold}::jsonb
    WHERE way = ${way} AND address = ${address}`.execute(tx);
}

async function lockedUntil({ db }: StoreContext, { way, address }: RefusedAddress, at: Date): Promise<Date | null> {
  const { rows } = await sql<{ locked_until: Date }>`SELECT locked_until FROM refused_addresses
    WHERE way = ${way} AND address = ${address} AND locked_until > ${at}`.execute(db);
  return rows[0]?.locked_until ?? null;
}

const tell = (
  context: StoreContext,
  { at, limit }: { readonly at: Date; readonly limit: number },
  entryOf: RefusalEntryOf,
): Promise<number> =>
  inTransaction(context.db, async (tx) => {
    const dueBefore = new Date(at.getTime() - tellEveryMs);
    const { rows } = await sql<RefusalRow>`SELECT * FROM refused_addresses
      WHERE untold <> '{}'::jsonb AND told_at <= ${dueBefore}
      ORDER BY told_at LIMIT ${bounded(limit)} FOR UPDATE SKIP LOCKED`.execute(tx);
    for (const { way, address } of rows)
      await sql`UPDATE refused_addresses SET untold = '{}'::jsonb, told_at = ${at}
        WHERE way = ${way} AND address = ${address}`.execute(tx);
    const ledger = openLedger(context);
    for (const { way, address, untold } of rows)
      await ledger.record(entryOf({ way, address }, countsSchema.parse(untold)), tx);
    return rows.length;
  });

async function sweep({ db }: StoreContext, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ address: string }>`DELETE FROM refused_addresses WHERE (way, address) IN (
      SELECT way, address FROM refused_addresses
      WHERE last_at < ${before} AND coalesce(locked_until, last_at) < ${before} AND untold = '{}'::jsonb
      ORDER BY last_at LIMIT ${bounded(limit)} FOR UPDATE SKIP LOCKED)
    RETURNING address`.execute(db);
  return rows.length;
}
