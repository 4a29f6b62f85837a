import type { Agency, Scope } from '#contracts';

const hourMs = 3_600_000;
const leastMs = hourMs;
const mostMs = 7 * 24 * hourMs;
const withoutPromiseMs = 3 * 24 * hourMs;

/**
 * How long an inquiry stays open when nobody names a deadline: as long as the slowest of the agencies in question has
 * promised to take, at least an hour and at most seven days; three days when none has promised anything.
 */
export function usualDurationMs(agencies: readonly Pick<Agency, 'promisedMs'>[]): number {
  const promised = agencies.flatMap(({ promisedMs }) => (promisedMs === null ? [] : [promisedMs]));
  if (promised.length === 0) return withoutPromiseMs;
  return Math.min(
    mostMs,
    Math.max(
      leastMs,
      promised.reduce((one, other) => Math.max(one, other), 0),
    ),
  );
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
