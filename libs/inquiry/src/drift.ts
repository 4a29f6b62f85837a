import type { AgencyHistory } from '#contracts';
import { unreadCode } from './agency-history.ts';

/** Before anything is said about an agency, so many answers must be known of it. */
const knownAnswers = 30;
const usualShare = 0.95;
const missingInARow = 20;
/** Answers with it among the newest, from which on it counts as a change. */
const mostOfRecent = 11;
const usualUnreadShare = 0.05;
/** Assets that would have been found in the run, had nothing changed: fewer may be missing by chance. */
const expectedFinds = 3;

/**
 * The all-nothing detector (domain.md §5.7): an agency that used to find something has said `nothing` so many times in a
 * row that chance does not explain it. One `found` ends the suspicion.
 */
export function saysNothingToEverybody({ found, answered }: AgencyHistory, answersInARow: number): boolean {
  if (found.seen === 0 || found.missing < answersInARow) return false;
  const shareBefore = found.seen / (answered - found.missing);
  return shareBefore * found.missing >= expectedFinds;
}

/**
 * How the answers of an agency differ from what they used to be, as paths: a field that was nearly always filled is
 * missing, a code that never came comes most of the time, or answers cannot be read any more.
 */
export function driftsOf(history: AgencyHistory): readonly string[] {
  return [...missingFields(history), ...newCodes(history), ...unreadJump(history)].toSorted();
}

function missingFields({ fields, kinds }: AgencyHistory): string[] {
  return Object.entries(fields).flatMap(([name, { seen, missing }]) => {
    const [kind = ''] = name.split('.', 1);
    const before = (kinds[kind] ?? 0) - missing;
    const isGone = missing >= missingInARow && before >= knownAnswers && seen / before >= usualShare;
    return isGone ? [`missing ${name}`] : [];
  });
}

function newCodes({ answers, codes, recent }: AgencyHistory): string[] {
  if (answers - recent.length < knownAnswers) return [];
  return Object.entries(codes).flatMap(([code, count]) => {
    const lately = timesIn(recent, code);
    return lately >= mostOfRecent && count === lately ? [`new ${code}`] : [];
  });
}

function unreadJump({ answers, unread, recent }: AgencyHistory): string[] {
  const lately = timesIn(recent, unreadCode);
  const before = answers - recent.length;
  const hasJumped = before >= knownAnswers && lately >= mostOfRecent && (unread - lately) / before < usualUnreadShare;
  return hasJumped ? [unreadCode] : [];
}

const timesIn = (recent: AgencyHistory['recent'], code: string): number =>
  recent.filter((codes) => codes.includes(code)).length;
