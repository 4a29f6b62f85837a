import { sql } from 'kysely';
import { append, type LedgerPlace, prepare } from './ledger-append.ts';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/** A signed place of the chain, as it is kept. */
export type StoredCheckpoint = LedgerPlace & { readonly keyId: string; readonly atMs: number; readonly jws: string };

export type CheckpointDue = {
  readonly everyRows: number;
  readonly everyMs: number;
  readonly at: Date;
  /** Signs the head; called only when one is due, by one process at a time. */
  readonly sign: (place: LedgerPlace) => Promise<StoredCheckpoint>;
};

export type Checkpoints = {
  /** Signs and keeps the head when it is due; null: it is not, or another process is at it. */
  makeDue(due: CheckpointDue): Promise<StoredCheckpoint | null>;
  /** Oldest first. `after`: the sequence they begin behind. */
  list(asked: { readonly after: number; readonly limit: number }): Promise<readonly StoredCheckpoint[]>;
};

const lockKey = 8_203_772;

export const openCheckpoints = (context: StoreContext): Checkpoints => ({
  makeDue: (due) => makeDue(context, due),
  list: (asked) => list(context, asked),
});

type Standing = { mine: boolean; seq: string; hash: string; signed_seq: string | null; first_at_ms: string | null };

async function makeDue(context: StoreContext, due: CheckpointDue): Promise<StoredCheckpoint | null> {
  return inTransaction(context.db, async (tx) => {
    const { rows } = await sql<Standing>`SELECT pg_try_advisory_xact_lock(${lockKey}) AS mine, h.seq, h.hash,
        c.seq AS signed_seq, (SELECT at_ms FROM audit_events WHERE seq = coalesce(c.seq, 0) + 1) AS first_at_ms
      FROM audit_head AS h LEFT JOIN (SELECT max(seq) AS seq FROM audit_checkpoints) AS c ON true`.execute(tx);
    const [standing] = rows;
    if (!standing?.mine || !isDue(standing, due)) return null;
    const checkpoint = await due.sign({ seq: Number(standing.seq), hash: standing.hash });
    const { seq, hash, keyId, atMs, jws } = checkpoint;
    await sql`INSERT INTO audit_checkpoints (seq, hash, key_id, at, jws)
      VALUES (${seq}, ${hash}, ${keyId}, ${new Date(atMs)}, ${jws})`.execute(tx);
    const own = { ...context, db: tx };
    await append(own, [await prepare(own, signedEntry(seq, keyId))]);
    return checkpoint;
  });
}

/** One row behind the last checkpoint is the entry about it; a quiet night makes no chain of checkpoints about checkpoints. */
const ownRows = 1;

function isDue({ seq, signed_seq: signed, first_at_ms: firstAtMs }: Standing, due: CheckpointDue): boolean {
  const rows = Number(seq) - Number(signed ?? 0);
  if (rows <= (signed === null ? 0 : ownRows)) return false;
  if (rows >= due.everyRows) return true;
  return firstAtMs !== null && due.at.getTime() - Number(firstAtMs) >= due.everyMs;
}

const signedEntry = (seq: number, keyId: string) => ({
  actor: { userId: null, role: 'system' as const, courtCode: null, via: null },
  action: 'checkpoint.signed' as const,
  ...{ objectId: null, caseId: null, debtorId: null, purpose: null, reason: null, shown: null, address: null },
  result: 'done' as const,
  detail: { seq, keyId },
});

type Row = { seq: string; hash: string; key_id: string; at: Date; jws: string };

async function list(
  { db }: StoreContext,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly StoredCheckpoint[]> {
  const { rows } = await sql<Row>`SELECT seq, hash, key_id, at, jws FROM audit_checkpoints WHERE seq > ${after}
    ORDER BY seq LIMIT ${limit}`.execute(db);
  return rows.map(({ seq, hash, key_id: keyId, at, jws }) => ({
    ...{ hash, keyId, jws },
    seq: Number(seq),
    atMs: at.getTime(),
  }));
}
