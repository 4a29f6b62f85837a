import { randomBytes } from 'node:crypto';
import type { AuditEntry } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

/** Where an event stands in the chain. */
export type LedgerPlace = { readonly seq: number; readonly hash: string };

/** The ledger (审计台账): append-only, each event bound to the one before it by hash. */
export type Ledger = {
  /**
   * Adds what was done. Inside `tx` it is there exactly when the act is; call it last, for from here to the commit every
   * other entry waits.
   */
  record(entry: AuditEntry, tx?: Transaction): Promise<LedgerPlace>;
};

export const openLedger = (context: StoreContext): Ledger => ({
  record: (entry, tx) =>
    tx
      ? append({ ...context, db: tx }, entry)
      : inTransaction(context.db, (own) => append({ ...context, db: own }, entry)),
});

const saltBytes = 16;
const reasonPlace = (seq: number): string => `audit_events.reason/${seq}`;

async function append(context: StoreContext, { reason, ...entry }: AuditEntry): Promise<LedgerPlace> {
  const { db, keyring, seals, clock } = context;
  const persons = await personsOf(context, entry.debtorId);
  const { rows } = await sql<{ seq: string; hash: string }>`SELECT seq, hash FROM audit_head FOR UPDATE`.execute(db);
  const [head] = rows;
  if (!head) throw new StoreFault('ledger-headless');
  const seq = Number(head.seq) + 1;
  const said = reason === null ? null : { salt: randomBytes(saltBytes).toString('hex'), reason };
  const body = {
    ...{ ...entry, seq, persons, previous: head.hash, atMs: clock().getTime() },
    reasonDigest: said === null ? null : keyring.contentHash(said),
  };
  const hash = keyring.contentHash(body);
  await sql`INSERT INTO audit_events (seq, body, previous, hash, reason) VALUES (${seq}, ${JSON.stringify(body)},
    ${head.hash}, ${hash}, ${said === null ? null : seals.sealJson(said, reasonPlace(seq))})`.execute(db);
  await sql`UPDATE audit_head SET seq = ${seq}, hash = ${hash}`.execute(db);
  return { seq, hash };
}

/** The blind indexes of the identifiers of whom it is about: the same person in another case has the same ones. */
async function personsOf({ db }: StoreContext, debtorId: string | null): Promise<readonly string[]> {
  if (debtorId === null) return [];
  const { rows } = await sql<{ id_indexes: string[] }>`SELECT id_indexes FROM debtors
    WHERE debtor_id = ${debtorId}`.execute(db);
  return rows[0]?.id_indexes ?? [];
}
