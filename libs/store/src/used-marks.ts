import { sql } from 'kysely';
import { bounded, type StoreContext } from './store-context.ts';

/** What may come once only, over all processes: states of sign-ins, ids of messages that end sessions. */
export type UsedMarks = {
  /**
   * True the first time.
   * @param mark a keyed hash or an opaque id, never a person's
   * @param until when it could not be valid any more, and may be forgotten
   */
  use(mark: string, until: Date): Promise<boolean>;
  sweep(at: Date, limit: number): Promise<number>;
};

export const openUsedMarks = ({ db }: StoreContext): UsedMarks => ({
  async use(mark, until) {
    const { rows } = await sql<{ mark: string }>`INSERT INTO used_marks (mark, until) VALUES (${mark}, ${until})
      ON CONFLICT DO NOTHING RETURNING mark`.execute(db);
    return rows.length > 0;
  },
  async sweep(at, limit) {
    const { rows } = await sql<{ mark: string }>`DELETE FROM used_marks WHERE mark IN (
        SELECT mark FROM used_marks WHERE until <= ${at} ORDER BY until LIMIT ${bounded(limit)} FOR UPDATE SKIP LOCKED)
      RETURNING mark`.execute(db);
    return rows.length;
  },
});
