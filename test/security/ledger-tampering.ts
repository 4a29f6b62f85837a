import { generateKeyPairSync } from 'node:crypto';
import {
  type BrokenRow,
  canonicalJson,
  checkRows,
  inPages,
  type LedgerBreak,
  openCheckpointSigner,
  publicKeyOf,
  readCheckpoints,
  textHash,
} from '#platform';
import type { StoredLedgerRow } from '#store';
import { auditEntry } from '../integration/audit-entry.ts';
import { startStorePlace, type StorePlace } from '../integration/store-place.ts';

/** One way to change the ledger behind its back, and whether the verifier saw it. */
export interface TamperingResult {
  readonly case: string;
  readonly detected: boolean;
  readonly kind: LedgerBreak | null;
  readonly firstBrokenRow: number | null;
}

const length = 24;
const middle = 7;
const signedAt = [12, length];

interface Kept extends Pick<StoredLedgerRow, 'seq' | 'body' | 'previous' | 'hash'> {
  readonly reason: Buffer | null;
}
type Whole = Kept & { readonly body: string };

/** What the owner of the tables does, given the true rows: the rows that stand there afterwards. */
type Tampering = (rows: readonly Whole[]) => readonly Whole[];

const withBody = (row: Whole, change: (body: Record<string, unknown>) => object): Whole => ({
  ...row,
  body: canonicalJson(change(JSON.parse(row.body) as Record<string, unknown>)),
});
const byAnother = (row: Whole): Whole =>
  withBody(row, (body) => ({ ...body, actor: { ...(body['actor'] as object), userId: 'usr_nobody' } }));
const at = (rows: readonly Whole[], seq: number): Whole => {
  const row = rows[seq - 1];
  if (!row) throw new Error('there is no such row');
  return row;
};

/** The same rows with sequence, links and hashes made anew from here on: sound, and not what was written. */
function rehashed(rows: readonly Whole[], from: number): Whole[] {
  const made: Whole[] = rows.slice(0, from - 1);
  for (const row of rows.slice(from - 1)) {
    const seq = made.length + 1;
    const previous = made.at(-1)?.hash ?? `sha256:${'0'.repeat(64)}`;
    const linked = withBody(row, (body) => ({ ...body, seq, previous }));
    made.push({ ...linked, seq, previous, hash: textHash('sha256', linked.body) });
  }
  return made;
}

const replaced = (rows: readonly Whole[], seq: number, change: (row: Whole) => Whole): Whole[] =>
  rows.map((row) => (row.seq === seq ? change(row) : row));
const without = (rows: readonly Whole[], seq: number): Whole[] => rows.filter((row) => row.seq !== seq);
const pushedDown = (rows: readonly Whole[], after: number): Whole[] =>
  rows.map((row) => (row.seq > after ? { ...row, seq: row.seq + 1 } : row));
const swapped = (rows: readonly Whole[], keys: readonly (keyof Whole)[]): Whole[] => {
  const [one, other] = [at(rows, middle), at(rows, middle + 1)];
  const taken = (row: Whole, from: Whole): Whole => ({
    ...row,
    ...Object.fromEntries(keys.map((key) => [key, from[key]])),
  });
  return replaced(
    replaced(rows, one.seq, () => taken(one, other)),
    other.seq,
    () => taken(other, one),
  );
};
/** A row that fits behind another one, made by somebody who knows how. */
const foreign = (rows: readonly Whole[], after: number): Whole => {
  const before = at(rows, after);
  const made = withBody(at(rows, 2), (body) => ({ ...body, seq: after + 1, previous: before.hash }));
  return { ...made, seq: after + 1, previous: before.hash, hash: textHash('sha256', made.body), reason: null };
};

export const tamperings: Readonly<Record<string, Tampering>> = {
  'edit the text of a row': (rows) => replaced(rows, middle, byAnother),
  'edit a row and its hash': (rows) =>
    replaced(rows, middle, (row) => ({ ...byAnother(row), hash: textHash('sha256', byAnother(row).body) })),
  'edit the link of a row': (rows) => replaced(rows, middle, (row) => ({ ...row, previous: at(rows, 2).hash })),
  'edit a reason': (rows) => replaced(rows, 6, (row) => ({ ...row, reason: at(rows, 9).reason })),
  'remove a reason': (rows) => replaced(rows, 6, (row) => ({ ...row, reason: null })),
  'delete the first row': (rows) => without(rows, 1),
  'delete a row in the middle': (rows) => without(rows, middle),
  'delete the last row': (rows) => without(rows, length),
  'insert a row in the middle': (rows) => [...pushedDown(rows, middle), foreign(rows, middle)],
  'insert a row that fits nowhere': (rows) => [
    ...pushedDown(rows, middle),
    { ...foreign(rows, middle), hash: `sha256:${'a'.repeat(64)}` },
  ],
  'insert a row at the end': (rows) => [...rows, foreign(rows, length)],
  'reorder two rows': (rows) => swapped(rows, ['body', 'previous', 'hash', 'reason']),
  'swap two hashes': (rows) => swapped(rows, ['hash']),
  'truncate the end, and set the head back': (rows) => rows.slice(0, length - 5),
  'truncate everything, and set the head back': () => [],
  'fork: another end with sound hashes': (rows) => rehashed(replaced(rows, length - 3, byAnother), length - 3),
  'delete a row, and hash everything after it anew': (rows) => rehashed(without(rows, middle), middle),
  'edit the first row, and hash the whole chain anew': (rows) => rehashed(replaced(rows, 1, byAnother), 1),
};

const setsHeadBack = /set the head back|hash|fork/;

/**
 * Builds a ledger through the product, then changes it as the tables' owner with triggers and constraints off, once for
 * every case, and lets the verifier look at it with the checkpoints that were kept outside.
 */
export async function tamperWithLedger(): Promise<readonly TamperingResult[]> {
  const place = await startStorePlace();
  try {
    const checkpoints = await build(place);
    const rows = await originals(place);
    if ((await verdictOf(place, checkpoints)) !== null) throw new Error('the ledger is broken before it is touched');
    await disarm(place);
    const results: TamperingResult[] = [];
    for (const [name, tamper] of Object.entries(tamperings)) {
      await restore(place, tamper(rows), { head: setsHeadBack.test(name) ? 'follows' : 'stays', rows });
      const broken = await verdictOf(place, checkpoints);
      const { kind = null, seq: firstBrokenRow = null } = broken ?? {};
      results.push({ case: name, detected: broken !== null, kind, firstBrokenRow });
    }
    return results;
  } finally {
    await place.stop();
  }
}

type Checkpoints = Awaited<ReturnType<typeof readCheckpoints>>['checkpoints'];

async function build({ store }: StorePlace): Promise<Checkpoints> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signer = openCheckpointSigner(pem);
  const texts: string[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const reason = seq % 3 === 0 ? `因第 ${seq} 号申请` : null;
    const written = await store.ledger.record(auditEntry({ objectId: `rep_${seq}`, reason }));
    if (signedAt.includes(seq)) texts.push((await signer.sign({ ...written, atMs: 1 })).jws);
  }
  return (await readCheckpoints(texts, [publicKeyOf(pem)])).checkpoints;
}

async function originals({ raw }: StorePlace): Promise<readonly Whole[]> {
  const { rows } = await raw.query<Omit<Whole, 'seq'> & { seq: string }>(
    'SELECT seq, body, previous, hash, reason FROM audit_events ORDER BY seq',
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

async function disarm({ raw }: StorePlace): Promise<void> {
  await raw.query('ALTER TABLE audit_events DISABLE TRIGGER USER');
  for (const constraint of ['audit_events_previous_key', 'audit_events_hash_key'])
    await raw.query(`ALTER TABLE audit_events DROP CONSTRAINT ${constraint}`);
}

interface Restored {
  /** Whether the row that says where the chain ends is made to agree. */
  readonly head: 'follows' | 'stays';
  readonly rows: readonly Whole[];
}

async function restore({ raw }: StorePlace, changed: readonly Whole[], { head, rows }: Restored): Promise<void> {
  await raw.query('DELETE FROM audit_events');
  for (const { seq, body, previous, hash, reason } of changed) {
    await raw.query('INSERT INTO audit_events (seq, body, previous, hash, reason) VALUES ($1, $2, $3, $4, $5)', [
      ...[seq, body, previous, hash, reason],
    ]);
  }
  const last = (head === 'follows' ? changed : rows).toSorted((one, other) => one.seq - other.seq).at(-1);
  await raw.query('UPDATE audit_head SET seq = $1, hash = $2', [
    last?.seq ?? 0,
    last?.hash ?? `sha256:${'0'.repeat(64)}`,
  ]);
}

async function verdictOf({ store }: StorePlace, checkpoints: Checkpoints): Promise<BrokenRow | null> {
  const { ledger } = store;
  const rows = inPages(
    (from) => ledger.rows({ from, to: null, limit: 5, courtCodes: null, withReasons: true }), // pages that end inside
    1,
  );
  return (await checkRows({ rows, head: await ledger.head(), from: 1, to: null, checkpoints })).firstBroken;
}
