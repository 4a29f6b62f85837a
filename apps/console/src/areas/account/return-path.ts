const home = '/console/';

/** Where to go after signing in: a place of this console, and nowhere else. The gateway looks again. */
export const returnPath = (asked: string | null): string =>
  asked !== null && asked.startsWith(home) && !asked.startsWith(`${home}/`) ? asked : home;
