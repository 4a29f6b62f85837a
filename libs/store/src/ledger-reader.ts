import { sql } from 'kysely';
import type { LedgerPlace } from './ledger-append.ts';
import { type LedgerHead, readHead, type StoredLedgerRow } from './ledger-reading.ts';
import { openDatabase } from './pool.ts';
import { bounded, type StoreLog } from './store-context.ts';

/** The ledger for whoever checks it at the database itself: no keys are needed, for nothing is opened. */
export type LedgerReader = {
  head(): Promise<LedgerHead>;
  rows(asked: {
    readonly from: number;
    readonly to: number;
    readonly limit: number;
  }): Promise<readonly StoredLedgerRow[]>;
  /** The signed texts of all checkpoints. */
  checkpoints(): Promise<readonly string[]>;
  close(): Promise<void>;
};

const limits = { maxConnections: 1, statementTimeoutMs: 60_000, lockTimeoutMs: 10_000 };

export function openLedgerReader(databaseUrl: string, log: StoreLog): LedgerReader {
  const db = openDatabase({ databaseUrl, ...limits, log });
  type Row = LedgerPlace & { readonly body: string; readonly previous: string };
  return {
    head: () => readHead({ db }),
    async rows({ from, to, limit }) {
      const { rows } = await sql<Row>`SELECT seq, body, previous, hash FROM audit_events
        WHERE seq BETWEEN ${from} AND ${to} ORDER BY seq LIMIT ${bounded(limit)}`.execute(db);
      return rows.map((row) => ({ ...row, seq: Number(row.seq), told: null }));
    },
    async checkpoints() {
      const { rows } = await sql<{ jws: string }>`SELECT jws FROM audit_checkpoints ORDER BY seq`.execute(db);
      return rows.map(({ jws }) => jws);
    },
    close: () => db.destroy(),
  };
}
