import { sql } from 'kysely';
import type { RowOfEntries } from './journal-entry.ts';
import { sealedOrigin } from './quarantine.ts';
import type { StoreContext } from './store-context.ts';

/**
 * A part of the statement that appends to the journal: its answers that could not be read go into the quarantine list
 * with the row that has their bytes, or not at all. Takes the new numbers from `numbered`.
 */
export const listUnread = (context: StoreContext, rows: readonly RowOfEntries[]) =>
  sql`INSERT INTO quarantine (quarantine_id, channel_id, agency_id, paths, size_bytes, at, source, origin, inquiry_id, seq)
    SELECT u.quarantine_id, u.channel_id, u.agency_id, ARRAY[u.path], u.size_bytes, ${context.clock()}::timestamptz,
      'call', u.origin, n.inquiry_id, n.seq
    FROM ${unreadOf(context, rows)} AS u JOIN numbered n USING (ord) ON CONFLICT (quarantine_id) DO NOTHING`;

/** Answers that could not be read, for the quarantine: their bytes are in the row itself. */
function unreadOf({ seals }: Pick<StoreContext, 'seals'>, rows: readonly RowOfEntries[]) {
  const all = rows.flatMap((row, ord) =>
    row.flatMap(({ channelId, answers }) =>
      answers.flatMap(({ answer, raw, unread }) => (unread ? [{ ord, channelId, answer, raw, unread }] : [])),
    ),
  );
  const origins = all.map(({ answer: { answerId }, unread: { exchanges } }) =>
    Buffer.from(sealedOrigin(seals, answerId, { source: 'call', exchanges: [...exchanges] })),
  );
  return sql`(SELECT * FROM unnest(${all.map(({ ord }) => ord)}::int[], ${all.map(({ answer }) => answer.answerId)}::text[],
    ${all.map(({ channelId }) => channelId)}::text[], ${all.map(({ answer }) => answer.agencyId)}::text[],
    ${all.map(({ unread }) => unread.paths.join(', '))}::text[], ${all.map(({ raw }) => sizeOf(raw))}::int[],
    ${origins}::bytea[]) AS unreadable (ord, quarantine_id, channel_id, agency_id, path, size_bytes, origin))`;
}

const sizeOf = (messages: readonly Uint8Array[]): number => messages.reduce((sum, { length }) => sum + length, 0);
