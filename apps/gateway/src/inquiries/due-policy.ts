import type { Scope, WorkingClock } from '#contracts';
import { promisedTimes, type Promising } from '#inquiry';

const hourMs = 3_600_000;
const leastMs = hourMs;
const mostMs = 30 * 24 * hourMs; // a promise of some working days may span the longest holidays
const withoutPromiseMs = 3 * 24 * hourMs;

/** No inquiry stays open any longer. */
export const latestDueAt = (at: Date): Date => new Date(at.getTime() + mostMs);

/**
 * Until when an inquiry stays open when nobody names a deadline: as long as the slowest of the agencies in question has
 * promised to take, counted in its working time, at least an hour and at most thirty days; three days when none has
 * promised anything.
 */
export function usualDueAt(
  agencies: readonly Promising[],
  { clocks, at }: { readonly clocks: ReadonlyMap<string, WorkingClock>; readonly at: Date },
): Date {
  const promisedBy = promisedTimes(clocks, at);
  const latest = agencies.reduce((ms, agency) => Math.max(ms, promisedBy(agency)?.getTime() ?? 0), 0);
  const usualMs = latest === 0 ? withoutPromiseMs : latest - at.getTime();
  return new Date(at.getTime() + Math.min(mostMs, Math.max(leastMs, usualMs)));
}

/** Ids in the scope that are in no directory: a misspelt agency is said, never silently left out. */
export function unknownAgencies(
  { agencies, except }: Scope,
  known: ReadonlySet<string>,
): { readonly pointer: string }[] {
  const named =
    agencies === 'all-entitled'
      ? []
      : agencies.map((agencyId, index) => ({ agencyId, pointer: `/scope/agencies/${index}` }));
  const left = except.map((agencyId, index) => ({ agencyId, pointer: `/scope/except/${index}` }));
  return [...named, ...left].filter(({ agencyId }) => !known.has(agencyId)).map(({ pointer }) => ({ pointer }));
}
