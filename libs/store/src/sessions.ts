import type { AuditEntry } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { openLedger } from './ledger.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** A browser that has signed in. Its opaque id is known to the browser alone: here is the hash. */
export type StoredSession = {
  readonly sessionId: string;
  readonly userId: string;
  /** When the person last proved who they are. */
  readonly authenticatedAt: Date;
  /** Ends then unless something is done before. */
  readonly idleEndsAt: Date;
  readonly endsAt: Date;
};
export type SessionToOpen = StoredSession & {
  readonly sessionHash: string;
  /** Keyed hashes: what the sign-in calls this session, and this person. */
  readonly sidMark: string | null;
  readonly subMark: string;
  /** Kept sealed: it is shown to the sign-in when the person leaves. */
  readonly idToken: string;
  readonly at: Date;
  /** The session this browser had before; it ends in the same moment. */
  readonly replacedHash: string | null;
};
export type EndedSession = StoredSession & { readonly idToken: string };
export type SessionUse = { readonly at: Date; readonly idleMs: number };
/** Every session with one of these marks. */
export type SessionMarks = { readonly sidMarks: readonly string[]; readonly subMarks: readonly string[] };

/** Entries of the ledger, written in the transaction of what they tell. */
type EntryOf = (session: StoredSession) => AuditEntry;

/** Sessions (会话) of browsers. Ended ones are not there: the ledger remembers them. */
export type Sessions = {
  /** `entryOf` tells of the new session, `replacedEntryOf` of the one whose place it takes. */
  open(
    toOpen: SessionToOpen,
    entries: { readonly entryOf: EntryOf; readonly replacedEntryOf: EntryOf },
  ): Promise<StoredSession>;
  /** Null: unknown, ended or too old. Being used keeps it from going idle. */
  use(sessionHash: string, use: SessionUse): Promise<StoredSession | null>;
  /** The same without using it. */
  byId(sessionId: string, at: Date): Promise<StoredSession | null>;
  /** Null: it had ended already. */
  end(sessionId: string, entryOf: EntryOf): Promise<EndedSession | null>;
  /** How many ended. */
  endMarked(marks: SessionMarks, entryOf: EntryOf): Promise<number>;
  /** Removes what is too old, at most `limit`; how many. */
  sweep(at: Date, limit: number): Promise<number>;
};

export const openSessions = (context: StoreContext): Sessions => ({
  open: (toOpen, entries) => openSession(context, toOpen, entries),
  use: (sessionHash, use) => useSession(context, sessionHash, use),
  byId: (sessionId, at) => sessionById(context, sessionId, at),
  end: (sessionId, entryOf) => endSession(context, sessionId, entryOf),
  endMarked: (marks, entryOf) => endMarked(context, marks, entryOf),
  sweep: (at, limit) => sweep(context, at, limit),
});

type SessionRow = {
  session_id: string;
  user_id: string;
  last_seen_at: Date;
  authenticated_at: Date;
  idle_ends_at: Date;
  ends_at: Date;
};
const columns = sql`session_id, user_id, last_seen_at, authenticated_at, idle_ends_at, ends_at`;

const sessionOf = (row: SessionRow): StoredSession => ({
  sessionId: row.session_id,
  userId: row.user_id,
  authenticatedAt: row.authenticated_at,
  idleEndsAt: row.idle_ends_at,
  endsAt: row.ends_at,
});

const tokenPlace = (sessionId: string): string => `sessions.id_token/${sessionId}`;

const openSession = (
  context: StoreContext,
  toOpen: SessionToOpen,
  { entryOf, replacedEntryOf }: { readonly entryOf: EntryOf; readonly replacedEntryOf: EntryOf },
): Promise<StoredSession> =>
  inTransaction(context.db, async (tx) => {
    const { replacedHash, at } = toOpen;
    const replaced = await sql<SessionRow>`DELETE FROM sessions
      WHERE session_hash = ${replacedHash} RETURNING ${columns}`.execute(tx);
    const { rows } =
      await sql<SessionRow>`INSERT INTO sessions (session_id, session_hash, user_id, created_at, last_seen_at,
        authenticated_at, idle_ends_at, ends_at, sid_mark, sub_mark, id_token)
      VALUES (${toOpen.sessionId}, ${toOpen.sessionHash}, ${toOpen.userId}, ${at}, ${at}, ${toOpen.authenticatedAt},
        ${toOpen.idleEndsAt}, ${toOpen.endsAt}, ${toOpen.sidMark}, ${toOpen.subMark},
        ${context.seals.sealJson(toOpen.idToken, tokenPlace(toOpen.sessionId))})
      RETURNING ${columns}`.execute(tx);
    await tell(context, tx, replaced.rows.map(sessionOf).map(replacedEntryOf));
    await tell(context, tx, rows.map(sessionOf).map(entryOf));
    return rows.map(sessionOf)[0] ?? toOpen;
  });

async function tell(context: StoreContext, tx: Transaction, entries: readonly AuditEntry[]): Promise<void> {
  const ledger = openLedger(context);
  for (const entry of entries) await ledger.record(entry, tx);
}

/** A session that is used all the time is written to this often at most. */
const mostTouchesPerIdleTime = 30;

async function useSession(
  { db }: StoreContext,
  sessionHash: string,
  { at, idleMs }: SessionUse,
): Promise<StoredSession | null> {
  const { rows } = await sql<SessionRow>`SELECT ${columns} FROM sessions
    WHERE session_hash = ${sessionHash} AND idle_ends_at > ${at} AND ends_at > ${at}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  if (at.getTime() - row.last_seen_at.getTime() < idleMs / mostTouchesPerIdleTime) return sessionOf(row);
  const touched = await sql<SessionRow>`UPDATE sessions SET last_seen_at = ${at},
      idle_ends_at = LEAST(${new Date(at.getTime() + idleMs)}::timestamptz, ends_at)
    WHERE session_id = ${row.session_id} RETURNING ${columns}`.execute(db);
  return touched.rows.map(sessionOf)[0] ?? null; // gone: it ended between the two
}

async function sessionById({ db }: StoreContext, sessionId: string, at: Date): Promise<StoredSession | null> {
  const { rows } = await sql<SessionRow>`SELECT ${columns} FROM sessions
    WHERE session_id = ${sessionId} AND idle_ends_at > ${at} AND ends_at > ${at}`.execute(db);
  return rows.map(sessionOf)[0] ?? null;
}

const endSession = (context: StoreContext, sessionId: string, entryOf: EntryOf): Promise<EndedSession | null> =>
  inTransaction(context.db, async (tx) => {
    const { rows } = await sql<SessionRow & { id_token: Buffer }>`DELETE FROM sessions
      WHERE session_id = ${sessionId} RETURNING ${columns}, id_token`.execute(tx);
    const [row] = rows;
    if (!row) return null;
    const ended = { ...sessionOf(row), idToken: context.seals.openJson<string>(row.id_token, tokenPlace(sessionId)) };
    await tell(context, tx, [entryOf(ended)]);
    return ended;
  });

/** One person has a handful of browsers; a sign-in that names more ends them in the next call. */
const mostEnded = 200;

const endMarked = (context: StoreContext, { sidMarks, subMarks }: SessionMarks, entryOf: EntryOf): Promise<number> =>
  inTransaction(context.db, async (tx) => {
    const { rows } = await sql<SessionRow>`DELETE FROM sessions WHERE session_id IN (SELECT session_id FROM sessions
        WHERE sid_mark = ANY(${[...sidMarks]}::text[]) OR sub_mark = ANY(${[...subMarks]}::text[])
        ORDER BY session_id LIMIT ${mostEnded} FOR UPDATE)
      RETURNING ${columns}`.execute(tx);
    await tell(context, tx, rows.map(sessionOf).map(entryOf));
    return rows.length;
  });

async function sweep({ db }: StoreContext, at: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ session_id: string }>`DELETE FROM sessions WHERE session_id IN (
      SELECT session_id FROM sessions WHERE idle_ends_at <= ${at} ORDER BY idle_ends_at LIMIT ${bounded(limit)}
      FOR UPDATE SKIP LOCKED)
    RETURNING session_id`.execute(db);
  return rows.length;
}
