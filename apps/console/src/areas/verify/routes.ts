import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'verify',
    load: async () => ({ Component: (await import('./verify-screen.tsx')).VerifyScreen }),
    scope: null,
    nav: { group: 'work', order: 90, word: 'verify' },
  },
];
