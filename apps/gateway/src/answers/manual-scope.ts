import type { RegisteredOfficer } from '#contracts';
import type { ManualScope } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';

/** A clerk sees the tasks of their agencies, an officer those of inquiries on which they may act. */
export function manualScope(
  { installation }: Pick<Gateway, 'installation'>,
  { officer: { roles, agencyIds }, rows }: Caller,
): ManualScope {
  const channelIds = installation.channels.flatMap(({ channelId, mode }) => (mode === 'manual' ? [channelId] : []));
  return roles.includes('officer')
    ? { channelIds, agencyIds: null, rows: rows.write }
    : { channelIds, agencyIds, rows: 'inside' };
}

/** Looking at the list counts as receiving only for the agency itself. */
export const isClerk = ({ roles }: RegisteredOfficer): boolean => !roles.includes('officer');
