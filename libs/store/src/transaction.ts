import { setTimeout as delay } from 'node:timers/promises';
import type { Db, Transaction } from './database.ts';
import { codeOf, isConnectionLost, isOutOfRoom } from './store-fault.ts';

/**
 * serialization_failure, deadlock_detected, unique_violation (somebody else wrote the same meanwhile, which the next try
 * sees): nothing was written, the same work may be done again.
 */
const again = new Set(['40001', '40P01', '23505']);
const maxTries = 4;

/** Does the work again, a bounded number of times, when the database asked for it. The work has no effect but the database. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= maxTries || !again.has(codeOf(error) ?? '')) throw error;
    }
  }
}

const firstDelayMs = 50;
const longestDelayMs = 2_000;
const maxDelays = 20; // some 30 s: a restart of the server, or a short time out of reach

/**
 * Does work that may be repeated again after the connection was lost or the server had no room, until that is over, a
 * bound is reached or the signal comes: what an agency has said must not be lost for a restart or a full disk.
 */
export async function persistently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let delays = 0; ; delays += 1) {
    try {
      return await retried(work);
    } catch (error) {
      const code = codeOf(error);
      if (delays >= maxDelays || signal.aborted || !(isConnectionLost(code) || isOutOfRoom(code))) throw error;
    }
    await delay(Math.min(firstDelayMs * 2 ** delays, longestDelayMs), undefined, { signal });
  }
}

export const inTransaction = <T>(db: Db, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  retried(() => db.transaction().execute(work));
