import { type QuarantineItem, quarantineItemSchema, type QuarantineOrigin, quarantineOriginSchema } from '#contracts';
import { sql } from 'kysely';
import type { Seals } from './sealed.ts';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';

export type ToQuarantine = {
  readonly channelId: string;
  readonly agencyId: string | null;
  /** What was wrong, as paths; never a value. */
  readonly paths: readonly string[];
  readonly bytes: Uint8Array;
  /** Where it came from; without it the bytes are kept, and only a person can do something with them. */
  readonly origin?: Exclude<QuarantineOrigin, { source: 'call' }>;
};
export type Quarantined = QuarantineItem;

/** A message with what reading it again takes. */
export type HeldMessage = Quarantined & {
  readonly origin: QuarantineOrigin | null;
  readonly bytes: Uint8Array | null; // null: they are in the journal, under `inquiryId` and `seq`
  readonly seq: number | null;
};
export type QuarantinePage = {
  readonly after: string | null; // the last id of the page before
  readonly limit: number;
  readonly channelId?: string;
  readonly state?: Quarantined['state'];
};
export type ReplayChoice = { readonly quarantineIds?: readonly string[]; readonly channelId?: string };
export type Chosen = { readonly quarantineId: string; readonly channelId: string };
export type ReadingNote = {
  readonly quarantineId: string;
  readonly state: Quarantined['state'];
  /** What was wrong this time; left out: as before. */
  readonly paths?: readonly string[];
};

/** Everything that could not be read (隔离区), to be read again after a repair without asking the agency. */
export type Quarantine = {
  /** Newest first, without the bytes. */
  list(page: QuarantinePage): Promise<readonly Quarantined[]>;
  get(quarantineId: string): Promise<HeldMessage | null>;
  /** Those of the choice that still wait, oldest first. */
  waiting(choice: ReplayChoice, limit: number): Promise<readonly Chosen[]>;
  /** One more reading. What has been read stays read. */
  note(reading: ReadingNote): Promise<void>;
};

export const openQuarantine = (context: StoreContext): Quarantine => ({
  list: (page) => listPage(context, page),
  get: (quarantineId) => readMessage(context, quarantineId),
  waiting: (choice, limit) => waiting(context, choice, limit),
  note: (reading) => note(context, reading),
});

const mostPaths = 100;
const longestPath = 500;
const quarantinePlace = (quarantineId: string): string => `quarantine.payload/${quarantineId}`;

export const sealedOrigin = (seals: Seals, quarantineId: string, origin: QuarantineOrigin): Uint8Array =>
  seals.sealJson(origin, `quarantine.origin/${quarantineId}`);

const cutPaths = (paths: readonly string[]): string[] =>
  paths.slice(0, mostPaths).map((path) => path.slice(0, longestPath));

/**
 * Keeps a message that could not be understood, sealed, to be read again after a repair. The same bytes again, while the
 * first ones wait, are the same message.
 */
export async function putInQuarantine(context: StoreContext, message: ToQuarantine): Promise<string> {
  const { db, seals, keyring, newId, clock } = context;
  const { channelId, agencyId, paths, bytes, origin } = message;
  const quarantineId = newId('ans'); // an answer that nobody understands yet
  const sealed = origin ? sealedOrigin(seals, quarantineId, origin) : null;
  const mark = keyring.blindIndex('quarantine', Buffer.from(bytes).toString('base64'));
  const { rows } = await sql<{ quarantine_id: string }>`INSERT INTO quarantine AS known
      (quarantine_id, channel_id, agency_id, paths, size_bytes, payload, at, source, origin, mark)
    VALUES (${quarantineId}, ${channelId}, ${agencyId}, ${cutPaths(paths)}::text[], ${bytes.length},
      ${seals.sealBytes(bytes, quarantinePlace(quarantineId))}, ${clock()}, ${origin?.source ?? 'door'}, ${sealed}, ${mark})
    ON CONFLICT (channel_id, coalesce(agency_id, ''), source, mark) WHERE state = 'waiting' AND mark IS NOT NULL
      DO UPDATE SET paths = excluded.paths
    RETURNING quarantine_id`.execute(db);
  return rows[0]?.quarantine_id ?? quarantineId;
}

type Row = {
  quarantine_id: string;
  channel_id: string;
  agency_id: string | null;
  inquiry_id: string | null;
  source: string;
  state: string;
  attempts: number;
  paths: string[];
  size_bytes: number;
  at: Date;
  last_read_at: Date | null;
};
const columns = sql`quarantine_id, channel_id, agency_id, inquiry_id, source, state, attempts, paths, size_bytes, at,
  last_read_at`;

const itemOf = (context: StoreContext, row: Row): Quarantined =>
  quarantineItemSchema.parse({
    quarantineId: row.quarantine_id,
    channelId: row.channel_id,
    agencyId: row.agency_id,
    inquiryId: row.inquiry_id,
    source: row.source,
    state: row.state,
    attempts: row.attempts,
    paths: row.paths,
    sizeBytes: row.size_bytes,
    at: context.toInstant(row.at),
    lastReadAt: instantOrNull(context, row.last_read_at),
  });

async function listPage(context: StoreContext, page: QuarantinePage): Promise<Quarantined[]> {
  const { after, limit, channelId = null, state = null } = page;
  const { rows } = await sql<Row>`SELECT ${columns} FROM quarantine
    WHERE (${after}::text IS NULL OR quarantine_id < ${after}) AND (${channelId}::text IS NULL OR channel_id = ${channelId})
      AND (${state}::text IS NULL OR state = ${state})
    ORDER BY quarantine_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => itemOf(context, row));
}

async function readMessage(context: StoreContext, quarantineId: string): Promise<HeldMessage | null> {
  const { db, seals } = context;
  const { rows } = await sql<Row & { payload: Buffer | null; origin: Buffer | null; seq: number | null }>`
    SELECT ${columns}, payload, origin, seq FROM quarantine WHERE quarantine_id = ${quarantineId}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const origin = row.origin && seals.openJson<unknown>(row.origin, `quarantine.origin/${quarantineId}`);
  return {
    ...itemOf(context, row),
    origin: origin === null ? null : quarantineOriginSchema.parse(origin),
    bytes: row.payload && seals.openBytes(row.payload, quarantinePlace(quarantineId)),
    seq: row.seq,
  };
}

async function waiting({ db }: StoreContext, choice: ReplayChoice, limit: number): Promise<Chosen[]> {
  const ids = choice.quarantineIds ? [...choice.quarantineIds] : null;
  const channelId = choice.channelId ?? null;
  const { rows } = await sql<{
    quarantine_id: string;
    channel_id: string;
  }>`SELECT quarantine_id, channel_id FROM quarantine
    WHERE state = 'waiting' AND (${ids}::text[] IS NULL OR quarantine_id = ANY(${ids}::text[]))
      AND (${channelId}::text IS NULL OR channel_id = ${channelId})
    ORDER BY quarantine_id LIMIT ${bounded(limit)}`.execute(db);
  return rows.map((row) => ({ quarantineId: row.quarantine_id, channelId: row.channel_id }));
}

async function note({ db, clock }: StoreContext, { quarantineId, state, paths }: ReadingNote): Promise<void> {
  const wrong = paths ? cutPaths(paths) : null;
  await sql`UPDATE quarantine SET state = ${state}, attempts = attempts + 1, last_read_at = ${clock()},
      paths = coalesce(${wrong}::text[], paths)
    WHERE quarantine_id = ${quarantineId} AND state <> 'read'`.execute(db);
}
