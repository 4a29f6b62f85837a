import type { DataKeyPurpose, DataKeyRow, PublicJwk, SignedClaims, Wrapped, WrappedDataKey } from '#contracts';
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
  /** Keyed hash that stands for a value that is stored sealed. */
  blindIndex(kind: string, value: string): string;
  /** What to look such a value up by: the hash under every key there ever was. */
  blindIndexes(kind: string, value: string): readonly string[];
  /** `sha256:…` over canonical JSON. */
  contentHash(value: unknown): string;
  /** Canonical JSON (RFC 8785). */
  canonicalText(value: unknown): string;
  /** `sha256:…` or `sm3:…` over a text. */
  textHash(algorithm: LedgerHash, text: string): string;
};

/** What rows of the ledger are hashed with. */
export type LedgerHash = 'sha256' | 'sm3';

/** The same with what the table of data keys needs: the store keeps the keys wrapped and decides when the next takes over. */
export type StoreKeys = StoreKeyring & {
  readonly turnover: {
    readonly everyMs: number;
    readonly mostSeals: number;
    readonly activeAfterMs: number;
    readonly readEveryMs: number;
  };
  /** Unwraps what is new among the rows; `at` is the database's clock. */
  take(rows: readonly DataKeyRow[], at: Date, signal: AbortSignal): Promise<void>;
  make(purpose: DataKeyPurpose, signal: AbortSignal): Promise<WrappedDataKey>;
  /** The keys with which rows were sealed and indexed before there were data keys, the first one first. */
  earlier(purpose: DataKeyPurpose, signal: AbortSignal): Promise<readonly WrappedDataKey[]>;
  /** The same key under the first wrapping key; null: it is already. */
  rewrap(row: WrappedDataKey, signal: AbortSignal): Promise<Wrapped | null>;
  /** Whether a key under this id is where new ones are put. */
  isFirstWrapping(wrappingKeyId: string): boolean;
  rereadWrappingKeys(): Promise<void>;
  /** How often each key has sealed, and that it was written down. */
  uncounted(): ReadonlyMap<string, number>;
  counted(told: ReadonlyMap<string, number>): void;
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
  /** For new rows of the ledger. */
  readonly ledgerHash: LedgerHash;
};

/** Enough to read: the database, or a transaction in it, and what opens its rows. */
export type Reading = Pick<StoreContext, 'db' | 'seals' | 'toInstant'>;

/** Lists are bounded: at least one row, at most this many. */
const longestPage = 10_000;
export const bounded = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), longestPage);

export const instantOrNull = ({ toInstant }: Pick<StoreContext, 'toInstant'>, date: Date | null): string | null =>
  date === null ? null : toInstant(date);
