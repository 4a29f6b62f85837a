import type { RegisteredOfficer } from '#contracts';
import type { ManualScope } from '#store';
import type { Gateway } from '../gateway.ts';

/** A clerk sees the tasks of their agencies, an officer those of their own court's inquiries. */
export function manualScope(
  { installation }: Pick<Gateway, 'installation'>,
  { roles, agencyIds, courtCode }: RegisteredOfficer,
): ManualScope {
  const channelIds = installation.channels.flatMap(({ channelId, mode }) => (mode === 'manual' ? [channelId] : []));
  return roles.includes('officer')
    ? { channelIds, agencyIds: null, courtCode }
    : { channelIds, agencyIds, courtCode: null };
}

/** Looking at the list counts as receiving only for the agency itself. */
export const isClerk = ({ roles }: RegisteredOfficer): boolean => !roles.includes('officer');
