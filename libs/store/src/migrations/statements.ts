import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A migration that runs plain statements one after another. There is no way back: a mistake is mended by the next one. */
export const statements = (...texts: readonly string[]): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const text of texts) await sql.raw(text).execute(db);
  },
});
