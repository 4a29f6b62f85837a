import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'verify',
    load: async () => ({ Component: (await import('./verify-screen.tsx')).VerifyScreen }),
    scope: null, // whoever holds a document may ask about it
    nav: { group: 'audit', order: 20, word: 'verify' },
  },
];
