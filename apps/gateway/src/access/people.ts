import type { RegisteredOfficer } from '#contracts';

/** Everybody who may sign in, as they are now. */
export interface People {
  find(userId: string): RegisteredOfficer | null;
  readonly all: readonly RegisteredOfficer[];
}

export function openPeople(officers: readonly RegisteredOfficer[]): People {
  const byId = new Map(officers.map((officer) => [officer.userId, officer]));
  return { all: officers, find: (userId) => byId.get(userId) ?? null };
}
