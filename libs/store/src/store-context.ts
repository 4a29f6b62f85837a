import type { PublicJwk, SignedClaims } from '#contracts';
import type { Db } from './database.ts';
import type { Seals } from './sealed.ts';

/** Own ids, counts and codes only. */
type LogFields = Readonly<Record<string, string | number | boolean | null>>;
export type StoreLog = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** The keys, handed in: the store knows no algorithm. `context` names the place a value belongs to; it opens nowhere else. */
export type StoreKeyring = {
  seal(bytes: Uint8Array, context: string): Uint8Array;
  open(bytes: Uint8Array, context: string): Uint8Array;
  /** Keyed hash for looking up a value that is stored sealed. */
  blindIndex(kind: string, value: string): string;
  /** `sha256:…` over canonical JSON. */
  contentHash(value: unknown): string;
};

/** The key that reports are signed with, handed in like the others. `sign` gives a detached JWS. */
export type StoreSigner = { readonly publicJwk: PublicJwk; sign(claims: SignedClaims): string };

/** What every part of the store works with. */
export type StoreContext = {
  readonly db: Db;
  readonly seals: Seals;
  readonly keyring: StoreKeyring;
  readonly signer: StoreSigner;
  readonly clock: () => Date;
  readonly toInstant: (date: Date) => string;
  readonly newId: (prefix: string) => string;
  readonly log: StoreLog;
};

/** Enough to read: the database, or a transaction in it, and what opens its rows. */
export type Reading = Pick<StoreContext, 'db' | 'seals' | 'toInstant'>;

/** Lists are bounded: at least one row, at most this many. */
const longestPage = 10_000;
export const bounded = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), longestPage);

export const instantOrNull = ({ toInstant }: Pick<StoreContext, 'toInstant'>, date: Date | null): string | null =>
  date === null ? null : toInstant(date);
