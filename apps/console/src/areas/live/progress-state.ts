import type { CoverageLine } from '../../api/generated/types.gen.ts';
import { keyOf, type LineNews, type LineNow } from './line-now.ts';

/** Lines of an inquiry by `keyOf`, in the order of the plan, and the number of the newest event in them. */
export interface ProgressState {
  readonly lines: ReadonlyMap<string, LineNow>;
  readonly seq: number;
}

export interface LinesTold {
  readonly seq: number;
  readonly lines: readonly (LineNews & { readonly agencyId: string; readonly category: string })[];
}

/** The truth as it was read; news that came while it was being read stay on top of it. */
export function readLines(lines: readonly CoverageLine[], seq: number, before: ProgressState | null): ProgressState {
  const stillNews = before !== null && before.seq > seq ? before.lines : null;
  return {
    lines: new Map(
      lines.map((line) => [keyOf(line), { line, news: stillNews?.get(keyOf(line))?.news ?? null }] as const),
    ),
    seq: Math.max(seq, before?.seq ?? 0),
  };
}

/** The state after an event. Told twice changes nothing; about a line that is not there, neither. */
export function tell(state: ProgressState, { seq, lines }: LinesTold): ProgressState {
  if (seq <= state.seq) return state;
  const next = new Map(state.lines);
  for (const { agencyId, category, verdict, reason, assetCount, answeredAt } of lines) {
    const key = keyOf({ agencyId, category });
    const known = next.get(key);
    if (known !== undefined) next.set(key, { ...known, news: { verdict, reason, assetCount, answeredAt } });
  }
  return { lines: next, seq };
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
