import type { Agency, WorkingClock } from '#contracts';

/** What an agency has promised, and through which channel. */
export type Promising = Pick<Agency, 'channelId' | 'promisedMs' | 'promisedWorkingDays'>;

/**
 * When an agency that is asked now has promised its answer (承诺时限); null when it has promised nothing. Its time runs
 * only while its channel is open (WIRE-20); a channel without service hours is always open. One sum for each promise
 * there is, because thousands of agencies promise the same.
 *
 * @param clocks by channel id, for channels with service hours
 */
export function promisedTimes(
  clocks: ReadonlyMap<string, WorkingClock>,
  askedAt: Date,
): (agency: Promising) => Date | null {
  const known = new Map<string, Date | null>();
  return (agency) => {
    const { channelId, promisedMs, promisedWorkingDays = null } = agency;
    const key = `${channelId}/${promisedMs}/${promisedWorkingDays}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const due = promised(agency, channelId === null ? null : (clocks.get(channelId) ?? null), askedAt);
    known.set(key, due);
    return due;
  };
}

function promised(
  { promisedMs, promisedWorkingDays = null }: Promising,
  clock: WorkingClock | null,
  askedAt: Date,
): Date | null {
  if (promisedWorkingDays !== null && clock !== null) return clock.endOfWorkingDay(askedAt, promisedWorkingDays);
  if (promisedMs === null) return null;
  return clock === null ? new Date(askedAt.getTime() + promisedMs) : clock.addOpenMs(askedAt, promisedMs);
}
