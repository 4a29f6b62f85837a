import type { CoverageLine } from '../../api/generated/types.gen.ts';
import { keyOf, type LineNews, type LineNow } from './line-now.ts';

/** Lines of an inquiry by `keyOf`, in the order of the plan, and the number of the newest event in them. */
export interface ProgressState {
  readonly lines: ReadonlyMap<string, LineNow>;
  readonly seq: number;
}

export interface LinesTold {
  readonly seq: number;
  readonly lines: readonly (Omit<LineNews, 'seq'> & { readonly agencyId: string; readonly category: string })[];
}

/** The truth as it was read, up to event `seq`; news that came after it stay on top of it. */
export function readLines(lines: readonly CoverageLine[], seq: number, before: ProgressState | null): ProgressState {
  return {
    lines: new Map(lines.map((line) => [keyOf(line), readLine(line, seq, before?.lines)] as const)),
    seq: Math.max(seq, before?.seq ?? 0),
  };
}

/** The same for some of the lines: the others stay as they are. A line the plan does not hold is left out. */
export function readChanged(lines: readonly CoverageLine[], seq: number, before: ProgressState): ProgressState {
  const next = new Map(before.lines);
  for (const line of lines) if (next.has(keyOf(line))) next.set(keyOf(line), readLine(line, seq, before.lines));
  return { lines: next, seq: Math.max(seq, before.seq) };
}

/** What was read earlier does not take the place of what was read later, whichever came first. */
function readLine(line: CoverageLine, seq: number, before: ProgressState['lines'] | undefined): LineNow {
  const known = before?.get(keyOf(line));
  if (known === undefined) return { line, readUpTo: seq, news: null };
  if (known.readUpTo > seq) return known;
  return { line, readUpTo: seq, news: known.news !== null && known.news.seq > seq ? known.news : null };
}

/** The state after events of one frame. Told twice changes nothing; about a line that is not there, neither. */
export function tell(state: ProgressState, told: readonly LinesTold[]): ProgressState {
  const newer = told.filter(({ seq }) => seq > state.seq).toSorted((one, other) => one.seq - other.seq);
  const last = newer.at(-1);
  if (last === undefined) return state;
  const next = new Map(state.lines);
  for (const { seq, lines } of newer)
    for (const { agencyId, category, verdict, reason, assetCount, answeredAt } of lines) {
      const key = keyOf({ agencyId, category });
      const known = next.get(key);
      if (known !== undefined) next.set(key, { ...known, news: { seq, verdict, reason, assetCount, answeredAt } });
    }
  return { lines: next, seq: last.seq };
}

export interface Tally {
  readonly asked: number;
  readonly found: number;
  readonly nothing: number;
  readonly noAnswer: number;
  readonly notAsked: number;
}

/** How many lines stand how, as they are shown now. */
export function tallyOf(lines: Iterable<LineNow>): Tally {
  const counts = { found: 0, nothing: 0, 'no-answer': 0, 'not-asked': 0 };
  for (const { line, news } of lines) counts[news?.verdict ?? line.verdict] += 1;
  const { found, nothing, 'no-answer': noAnswer, 'not-asked': notAsked } = counts;
  return { asked: found + nothing + noAnswer, found, nothing, noAnswer, notAsked };
}
