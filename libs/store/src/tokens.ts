import { type AuditEntry, type NewToken, scopeNameSchema, type ScopeName, type TokenView } from '#contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Transaction } from './database.ts';
import { openLedger } from './ledger.ts';
import { bounded, instantOrNull, type StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

export type TokenToCreate = NewToken & {
  readonly tokenId: string;
  readonly tokenHash: string;
  readonly courtCode: string;
  readonly createdBy: string;
};
export type TokenPage = { readonly courtCode: string; readonly limit: number; readonly after: string | null };
export type TokenPlace = { readonly tokenId: string; readonly courtCode: string };
/** What signing in with a token needs; whoever asks compares the times. */
export type KnownToken = {
  readonly tokenId: string;
  readonly userId: string;
  readonly scopes: readonly ScopeName[];
  readonly expiresAt: Date;
};

/** Bearer tokens (令牌) that were made at work; those of the configuration stay in their file. Only hashes are kept. */
export type Tokens = {
  create(toCreate: TokenToCreate, tx: Transaction): Promise<TokenView>;
  /** Newest first, of one court. */
  list(page: TokenPage): Promise<readonly TokenView[]>;
  get(place: TokenPlace): Promise<TokenView | null>;
  /** From now on nobody is known by it. Null: there is none. Revoking what is revoked changes nothing. */
  revoke(place: TokenPlace, by: { readonly userId: string; readonly entry: AuditEntry }): Promise<TokenView | null>;
  /** Null: unknown or revoked. Remembers the day. */
  use(tokenHash: string, day: string): Promise<KnownToken | null>;
  byId(tokenId: string): Promise<KnownToken | null>;
};

export const openTokens = (context: StoreContext): Tokens => ({
  create: (toCreate, tx) => createToken(context, toCreate, tx),
  list: (page) => listTokens(context, page),
  get: (place) => getToken(context, place),
  revoke: (place, by) => revokeToken(context, place, by),
  use: (tokenHash, day) => useToken(context, tokenHash, day),
  byId: (tokenId) => tokenById(context, tokenId),
});

type TokenRow = {
  token_id: string;
  user_id: string;
  scopes: string[];
  label: string;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  last_used_on: string | null;
  revoked_at: Date | null;
};
const columns = sql`token_id, user_id, scopes, label, created_by, created_at, expires_at,
  last_used_on::text AS last_used_on, revoked_at`;
const scopesSchema = z.array(scopeNameSchema);

const viewOf = (context: StoreContext, row: TokenRow): TokenView => ({
  tokenId: row.token_id,
  userId: row.user_id,
  scopes: scopesSchema.parse(row.scopes),
  label: row.label,
  createdBy: row.created_by,
  createdAt: context.toInstant(row.created_at),
  expiresAt: context.toInstant(row.expires_at),
  lastUsedOn: row.last_used_on,
  revokedAt: instantOrNull(context, row.revoked_at),
});

async function createToken(context: StoreContext, toCreate: TokenToCreate, tx: Transaction): Promise<TokenView> {
  const { tokenId, tokenHash, userId, courtCode, scopes, label, createdBy, expiresAt } = toCreate;
  const at = context.clock();
  const until = new Date(expiresAt);
  await sql`INSERT INTO tokens (token_id, token_hash, user_id, court_code, scopes, label, created_by, created_at, expires_at)
    VALUES (${tokenId}, ${tokenHash}, ${userId}, ${courtCode}, ${[...scopes]}::text[], ${label}, ${createdBy}, ${at},
      ${until})`.execute(tx);
  return {
    ...{ tokenId, userId, scopes: [...scopes], label, createdBy, lastUsedOn: null, revokedAt: null },
    createdAt: context.toInstant(at),
    expiresAt: context.toInstant(until),
  };
}

async function listTokens(context: StoreContext, { courtCode, limit, after }: TokenPage): Promise<TokenView[]> {
  const { rows } = await sql<TokenRow>`SELECT ${columns} FROM tokens
    WHERE court_code = ${courtCode} AND (${after}::text IS NULL OR token_id < ${after})
    ORDER BY token_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map((row) => viewOf(context, row));
}

async function getToken(context: StoreContext, { tokenId, courtCode }: TokenPlace): Promise<TokenView | null> {
  const { rows } = await sql<TokenRow>`SELECT ${columns} FROM tokens
    WHERE token_id = ${tokenId} AND court_code = ${courtCode}`.execute(context.db);
  return rows.map((row) => viewOf(context, row))[0] ?? null;
}

async function revokeToken(
  context: StoreContext,
  place: TokenPlace,
  { userId, entry }: { readonly userId: string; readonly entry: AuditEntry },
): Promise<TokenView | null> {
  const revoked = await inTransaction(context.db, async (tx) => {
    const { rows } = await sql<TokenRow>`UPDATE tokens SET revoked_at = ${context.clock()}, revoked_by = ${userId}
      WHERE token_id = ${place.tokenId} AND court_code = ${place.courtCode} AND revoked_at IS NULL
      RETURNING ${columns}`.execute(tx);
    if (rows.length > 0) await openLedger(context).record(entry, tx);
    return rows[0] ?? null;
  });
  return revoked ? viewOf(context, revoked) : getToken(context, place);
}

type KnownRow = Pick<TokenRow, 'token_id' | 'user_id' | 'scopes' | 'expires_at' | 'last_used_on'>;
const knownColumns = sql`token_id, user_id, scopes, expires_at, last_used_on::text AS last_used_on`;

const knownOf = (row: KnownRow): KnownToken => ({
  tokenId: row.token_id,
  userId: row.user_id,
  scopes: scopesSchema.parse(row.scopes),
  expiresAt: row.expires_at,
});

async function useToken({ db }: StoreContext, tokenHash: string, day: string): Promise<KnownToken | null> {
  const { rows } = await sql<KnownRow>`SELECT ${knownColumns} FROM tokens
    WHERE token_hash = ${tokenHash} AND revoked_at IS NULL`.execute(db);
  const [row] = rows;
  if (!row) return null;
  if (row.last_used_on !== day)
    await sql`UPDATE tokens SET last_used_on = ${day}::date WHERE token_id = ${row.token_id}`.execute(db);
  return knownOf(row);
}

async function tokenById({ db }: StoreContext, tokenId: string): Promise<KnownToken | null> {
  const { rows } = await sql<KnownRow>`SELECT ${knownColumns} FROM tokens
    WHERE token_id = ${tokenId} AND revoked_at IS NULL`.execute(db);
  return rows.map(knownOf)[0] ?? null;
}
