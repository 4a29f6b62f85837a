import { canonicalJson } from '../canonical-json.ts';
import { algorithmOf, type BoundBody, type LedgerRow, ledgerStart, readBody, textHash } from './ledger-row.ts';

/**
 * edited: a row says something else than was hashed; deleted: rows are missing between others; inserted: a row that was
 * never appended; reordered: rows stand in each other's place; truncated: the end is missing; forked: sound by itself,
 * but not the chain that was written.
 */
export type LedgerBreak = 'edited' | 'deleted' | 'inserted' | 'reordered' | 'truncated' | 'forked';

/** The first row that is wrong, and the two hashes that should be one. `null`: there is none. */
export interface BrokenRow {
  readonly seq: number;
  readonly kind: LedgerBreak;
  readonly expected: string | null;
  readonly found: string | null;
  /** A row before which everything is proved; the change lies between it and `seq`. */
  readonly soundUpTo: number;
}

export interface LedgerVerdict {
  readonly outcome: 'intact' | 'broken';
  readonly rows: number;
  /** Rows whose link was checked and whose content was not shown to us. */
  readonly withheld: number;
  /** Reasons that were revealed and agree with their digests. */
  readonly reasons: number;
  /** Checkpoints that agreed; without any, a chain written anew from its start could not be told from the true one. */
  readonly checkpoints: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly lastHash: string | null;
  readonly firstBroken: BrokenRow | null;
}

/** A place of the chain that somebody signed, or the head as the database has it. */
export interface KnownPlace {
  readonly seq: number;
  readonly hash: string;
}

export interface LedgerCheckOptions {
  /** The first row that is wanted. */
  readonly from: number;
  /** The last one; null: as far as it goes, and every checkpoint must be reached. */
  readonly to: number | null;
  readonly checkpoints: readonly KnownPlace[];
}

/** Reads rows in their order, one after another, whatever their number. */
export interface LedgerCheck {
  take(row: LedgerRow): void;
  /** More rows would change nothing. */
  readonly isSettled: boolean;
  /** @param head where the writer says that the chain ends; null: nobody says */
  end(head: KnownPlace | null): LedgerVerdict;
}

interface State {
  expectedSeq: number;
  /** The hash that the next row has to name; null: unknown, because the rows before were not asked for. */
  previous: string | null;
  /** What the last row had to name. */
  beforeLast: string | null;
  broken: BrokenRow | null;
  isSettled: boolean;
  proved: number;
  readonly counts: { rows: number; withheld: number; reasons: number; checkpoints: number };
  readonly ends: { first: number | null; last: number | null; lastHash: string | null };
}

const stateAt = (from: number, before: string | null): State => ({
  expectedSeq: from,
  previous: before,
  beforeLast: null,
  broken: null,
  isSettled: false,
  proved: from - 1,
  counts: { rows: 0, withheld: 0, reasons: 0, checkpoints: 0 },
  ends: { first: null, last: null, lastHash: null },
});

/** Pure: the same rows give the same verdict, in the gateway, on the command line and on an auditor's own machine. */
export function checkLedger({ from, to, checkpoints }: LedgerCheckOptions): LedgerCheck {
  const signed = Map.groupBy(checkpoints, ({ seq }) => seq); // two that disagree about one place cannot both fit
  const state = stateAt(from, from === 1 ? ledgerStart : (signed.get(from - 1)?.[0]?.hash ?? null));
  return {
    get isSettled() {
      return state.isSettled;
    },
    take(row) {
      if (state.isSettled) return;
      if (state.broken !== null) return settle(state, row);
      state.broken = faultOf(row, state, signed);
      if (state.broken === null) goOn(state, row, signed.has(row.seq));
    },
    end(head) {
      const { counts, ends, proved, previous } = state;
      const broken = state.broken ?? endFault({ ...ends, proved, anchor: previous, checkpoints, to }, head);
      return { outcome: broken === null ? 'intact' : 'broken', ...counts, ...ends, firstBroken: broken };
    },
  };
}

function goOn(state: State, row: LedgerRow, isSigned: boolean): void {
  const { counts, ends } = state;
  ends.first ??= row.seq;
  ends.last = row.seq;
  ends.lastHash = row.hash;
  counts.rows += 1;
  if (row.body === null) counts.withheld += 1;
  if (row.told !== null) counts.reasons += 1;
  if (isSigned) {
    counts.checkpoints += 1;
    state.proved = row.seq;
  }
  state.beforeLast = state.previous;
  state.previous = row.hash;
  state.expectedSeq = row.seq + 1;
}

function faultOf(row: LedgerRow, state: State, signed: ReadonlyMap<number, readonly KnownPlace[]>): BrokenRow | null {
  const { expectedSeq, previous, proved } = state;
  const broken = (kind: LedgerBreak, expected: string | null, found: string | null): BrokenRow => ({
    ...{ seq: expectedSeq, kind, expected, found, soundUpTo: proved },
  });
  if (row.seq > expectedSeq) return broken('deleted', previous, row.previous);
  if (row.seq < expectedSeq) return broken('inserted', previous, row.hash);
  const own = row.body === null ? null : contentFault(row, row.body, state);
  if (own !== null) return { ...broken(own.kind, own.expected, own.found), seq: own.seq };
  if (previous !== null && row.previous !== previous) return broken('forked', previous, row.previous);
  const other = signed.get(row.seq)?.find(({ hash }) => hash !== row.hash);
  return other ? broken('forked', other.hash, row.hash) : null;
}

type OwnFault = Pick<BrokenRow, 'seq' | 'kind' | 'expected' | 'found'>;

/** What is wrong inside one row, whatever stands around it. */
function contentFault({ seq, hash, previous, told }: LedgerRow, text: string, state: State): OwnFault | null {
  const computed = textHash(algorithmOf(hash), text);
  const edited = { seq, kind: 'edited' as const, expected: hash, found: computed };
  const body = readBody(text);
  if (body === null) return edited;
  if (body.seq !== seq) {
    // it was moved down by a row that was put in before it
    if (isPushedDown(body, seq, state.beforeLast)) {
      return { seq: seq - 1, kind: 'inserted', expected: hash, found: state.previous };
    }
    return { seq, kind: 'reordered', expected: hash, found: computed };
  }
  if (computed !== hash) return edited;
  if (body.previous !== previous) return { ...edited, expected: body.previous, found: previous };
  if (told === null) return null;
  const digest = textHash(algorithmOf(body.reasonDigest ?? ''), canonicalJson(told));
  return digest === body.reasonDigest ? null : { ...edited, expected: body.reasonDigest, found: digest };
}

const isPushedDown = (body: BoundBody, seq: number, before: string | null): boolean =>
  body.seq === seq - 1 && before !== null && body.previous === before;

/** The row after the first wrong one tells some kinds apart. */
function settle(state: State, row: LedgerRow): void {
  state.isSettled = true;
  const { broken } = state;
  if (broken === null) return;
  const isOutOfTurn = broken.kind === 'deleted' && row.seq === broken.seq;
  if (isOutOfTurn) state.broken = { ...broken, kind: 'reordered' };
  const body = row.body === null ? null : readBody(row.body);
  const wasPutIn =
    broken.kind !== 'reordered' &&
    row.seq === broken.seq + 1 &&
    body !== null &&
    isPushedDown(body, row.seq, state.previous);
  if (wasPutIn) state.broken = { ...broken, kind: 'inserted' };
}

interface Ends {
  readonly last: number | null;
  readonly lastHash: string | null;
  readonly proved: number;
  /** The hash that the row before the next one has. */
  readonly anchor: string | null;
  readonly checkpoints: readonly KnownPlace[];
  readonly to: number | null;
}

function endFault(
  { last, lastHash, proved, anchor, checkpoints, to }: Ends,
  head: KnownPlace | null,
): BrokenRow | null {
  const end = last ?? proved;
  const broken = (kind: LedgerBreak, place: KnownPlace, found: string | null): BrokenRow => ({
    ...{ seq: end + 1, kind, expected: place.hash, found, soundUpTo: proved },
  });
  const [missing] = checkpoints
    .filter(({ seq }) => seq > end && (to === null || seq <= to))
    .toSorted((one, other) => one.seq - other.seq);
  if (missing) return broken('truncated', missing, null);
  if (to !== null && end < to && (head === null || head.seq > end)) {
    return { seq: end + 1, kind: 'truncated', expected: head?.hash ?? null, found: null, soundUpTo: proved };
  }
  if (head === null || to !== null) return null;
  if (head.seq > end) return broken('truncated', head, null);
  if (head.seq < end && last === null) {
    // what was known to be there before the first row that was asked for is gone
    return {
      seq: head.seq + 1,
      kind: 'truncated',
      expected: anchor,
      found: null,
      soundUpTo: Math.min(proved, head.seq),
    };
  }
  if (head.seq < end) return { ...broken('inserted', head, lastHash), seq: head.seq + 1 };
  return lastHash === null || head.hash === lastHash ? null : { ...broken('forked', head, lastHash), seq: end };
}
