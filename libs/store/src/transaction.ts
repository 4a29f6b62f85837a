import type { Db, Transaction } from './database.ts';
import { codeOf } from './store-fault.ts';

/** serialization_failure, deadlock_detected: nothing was written, the same work may be done again. */
const again = new Set(['40001', '40P01']);
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

export const inTransaction = <T>(db: Db, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  retried(() => db.transaction().execute(work));
