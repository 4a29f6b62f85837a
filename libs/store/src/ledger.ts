import { type AuditEntry, auditEntrySchema, type RowScope } from '#contracts';
import { openBatches } from './batches.ts';
import type { Transaction } from './database.ts';
import { append, type LedgerPlace, prepare, type ReadyEntry } from './ledger-append.ts';
import { type Checkpoints, openCheckpoints } from './ledger-checkpoints.ts';
import { type LedgerPacks, openLedgerPacks } from './ledger-packs.ts';
import {
  type AuditFilter,
  type LedgerEvent,
  type LedgerHead,
  listEvents,
  personsOf,
  type StoredLedgerRow,
  readHead,
  readRows,
  type RowsAsked,
} from './ledger-reading.ts';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** The ledger (审计台账): append-only, each event bound to the one before it by hash. */
export type Ledger = {
  /**
   * Adds what was done; when it resolves the event is committed, or, inside `tx`, there exactly when the act is. Inside a
   * transaction call it last, for from here to the commit every other entry waits.
   */
  record(entry: AuditEntry, tx?: Transaction): Promise<LedgerPlace>;
  /** Where the chain ends. */
  head(): Promise<LedgerHead>;
  /** Events as people read them, newest first; of the courts that may be seen, and of nobody's court. */
  list(asked: AuditFilter & { readonly rows: RowScope; readonly limit: number }): Promise<readonly LedgerEvent[]>;
  /** Rows as they stand, oldest first, at most `limit`; contents that may not be seen are withheld, the chain never. */
  rows(asked: RowsAsked): Promise<readonly StoredLedgerRow[]>;
  readonly checkpoints: Checkpoints;
  readonly packs: LedgerPacks;
  /** The blind indexes of a debtor of a case that may be seen; null: there is none. */
  personsOf(debtorId: string, rows: RowScope): Promise<readonly string[] | null>;
  /** The blind index under which the events about a person are found. */
  personIndex(type: string, normalised: string): string;
};

/**
 * Entries of many requests go down together: one commit for all that came while the last one was written
 * (docs/decisions/0026-the-ledger-has-one-head-and-signed-places-outside.md).
 */
const mostTogether = 200;

export function openLedger(context: StoreContext): Ledger {
  const together = openBatches<ReadyEntry, LedgerPlace>(
    (batch) => inTransaction(context.db, (tx) => append({ ...context, db: tx }, batch)),
    mostTogether,
  );
  return {
    async record(entry, tx) {
      const known = auditEntrySchema.parse(entry); // one that cannot be must not take others of its batch along
      if (tx === undefined) return together.add(await prepare(context, known));
      const own = { ...context, db: tx };
      const [place] = await append(own, [await prepare(own, known)]);
      if (place === undefined) throw new Error('nothing was appended');
      return place;
    },
    head: () => readHead(context),
    list: (asked) => listEvents(context, asked),
    rows: (asked) => readRows(context, asked),
    checkpoints: openCheckpoints(context),
    packs: openLedgerPacks(context),
    personsOf: (debtorId, rows) => personsOf(context, debtorId, rows),
    personIndex: (type, normalised) => context.keyring.blindIndex(type, normalised),
  };
}
