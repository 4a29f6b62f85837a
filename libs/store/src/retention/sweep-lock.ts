import { sql } from 'kysely';
import type { Transaction } from '../database.ts';

const sweepLock = 7_031_942; // of nobody else in this database

/** True when this transaction may remove things: no other one does at the same time. Given back at its end. */
export async function lockSweep(tx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(${sweepLock}) AS mine`.execute(tx);
  return rows[0]?.mine ?? false;
}

/** Waits until nobody removes anything: what a hold covers is not on its way out while it is placed. */
export async function waitForSweep(tx: Transaction): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${sweepLock})`.execute(tx);
}
