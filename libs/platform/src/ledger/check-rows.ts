import type { LedgerRow } from './ledger-row.ts';
import { checkLedger, type KnownPlace, type LedgerCheckOptions, type LedgerVerdict } from './verify-ledger.ts';

export type RowsToCheck = LedgerCheckOptions & {
  readonly rows: AsyncIterable<LedgerRow>;
  /** Where the chain ends by its own account; null: nobody says. */
  readonly head: KnownPlace | null;
};

/** Reads as far as is needed, one row at a time: a ledger of millions of rows takes no more memory than a short one. */
export async function checkRows({ rows, head, ...options }: RowsToCheck): Promise<LedgerVerdict> {
  const check = checkLedger(options);
  for await (const row of rows) {
    check.take(row);
    if (check.isSettled) break;
  }
  return check.end(head);
}

/** Rows page by page, as one sequence. */
export async function* inPages<Row extends { readonly seq: number }>(
  read: (from: number) => Promise<readonly Row[]>,
  from: number,
): AsyncGenerator<Row> {
  for (let next = from; ; ) {
    const page = await read(next);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    next = last.seq + 1;
  }
}
