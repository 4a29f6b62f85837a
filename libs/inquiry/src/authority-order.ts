import { compareCodePoints, nullsLast } from './code-points.ts';
import type { Mention } from './mentions.ts';
import { compareWhen } from './moments.ts';

/** When the data of a mention are true: as the agency dated the asset, else as it dated its whole answer. */
export const asOfMention = ({ asset, answer }: Mention): string | null => asset.asOf ?? answer.asOf;

/**
 * Order of authority (report.md §9.3): newest `asOf`, unknown last; newest receipt; priority of the channel; answer id;
 * position. A later part follows the mention it extends.
 */
export function compareAuthority(a: Mention, b: Mention): number {
  const left = a.extended ?? a;
  const right = b.extended ?? b;
  return (
    nullsLast(asOfMention(left), asOfMention(right), (x, y) => compareWhen(y, x)) ||
    compareWhen(right.answer.receivedAt, left.answer.receivedAt) ||
    left.priority - right.priority ||
    compareCodePoints(left.answer.answerId, right.answer.answerId) ||
    left.position - right.position ||
    Number(a.extended !== null) - Number(b.extended !== null) ||
    a.position - b.position
  );
}
