import type { Verdict } from '#contracts';
import type { CoverageLine } from '../../api/generated/types.gen.ts';
import { type VerdictSeen, verdictSeen } from '../../shared/verdict/verdict-seen.ts';

/** One line as the server last described it, and what an event has said of it since. */
export interface LineNow {
  readonly line: CoverageLine;
  /** Number of the newest event that is certainly in it. */
  readonly readUpTo: number;
  readonly news: LineNews | null;
}

/** What an event says of a line (api.md §5): the verdict, and no details of it. */
export interface LineNews {
  /** Number of the event. */
  readonly seq: number;
  readonly verdict: Verdict;
  readonly reason: CoverageLine['reason'];
  readonly assetCount: number | null;
  readonly answeredAt: string | null;
}

export const keyOf = ({ agencyId, category }: { readonly agencyId: string; readonly category: string }): string =>
  `${category} ${agencyId}`;

/**
 * The verdict to show. What only an event has told is shown with what the event knows: whether an answer is whole, and
 * whether its "nothing" proves anything, is not known before the line has been read again.
 */
export function seenOf({ line, news }: LineNow, at: string | null): VerdictSeen {
  if (news === null) return verdictSeen(line, at);
  switch (news.verdict) {
    case 'found':
      return { verdict: 'found', count: news.assetCount, complete: null };
    case 'nothing':
      return { verdict: 'nothing', proof: 'unread' };
    case 'no-answer':
      return verdictSeen({ ...line, verdict: 'no-answer', reason: news.reason }, at);
    case 'not-asked':
      return { verdict: 'not-asked', cause: line.notAskedCause };
  }
}

export const verdictNow = ({ line, news }: LineNow): Verdict => news?.verdict ?? line.verdict;
