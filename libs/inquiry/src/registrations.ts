import type { Agency, Registration } from '#contracts';

/** Whether an officer's cards are filed with an agency on a day (`yyyy-MM-dd`, domain.md L02). */
export const isRegisteredWith = (
  registrations: readonly Registration[],
  { agencyId, channelId, category }: Pick<Agency, 'agencyId' | 'channelId' | 'category'>,
  day: string,
): boolean =>
  registrations.some(
    ({ from, until, ...filed }) =>
      from <= day &&
      (until === null || day <= until) &&
      (filed.agencyIds.includes(agencyId) ||
        (channelId !== null && filed.channelIds.includes(channelId)) ||
        filed.categories.includes(category)),
  );
