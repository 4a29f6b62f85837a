import { sql } from 'kysely';
import type { Db } from './database.ts';
import { StoreFault } from './store-fault.ts';

/** Taken from the database at once, so that busy intake meets its one row rarely. What is left at a stop is lost. */
const blockSize = 1_000;

/**
 * Numbers for request numbers: each is given out once, over all processes and for ever. Gaps mean nothing.
 * @returns a function that gives the first of `count` consecutive numbers
 */
export function createSerials(db: Db): (count: number) => Promise<number> {
  let next = 0;
  let left = 0;
  let last: Promise<unknown> = Promise.resolve();

  const take = async (count: number): Promise<number> => {
    if (left < count) {
      const size = Math.max(count, blockSize);
      const { rows } = await sql<{ first: string }>`UPDATE request_serials SET next_serial = next_serial + ${size}
        RETURNING next_serial - ${size} AS first`.execute(db);
      const [row] = rows;
      if (!row) throw new StoreFault('migration-failed');
      next = Number(row.first);
      left = size;
    }
    const first = next;
    next += count;
    left -= count;
    return first;
  };
  return (count) => {
    const taken = last.then(() => take(count));
    last = Promise.allSettled([taken]); // one after another; a failure is its own caller's
    return taken;
  };
}
