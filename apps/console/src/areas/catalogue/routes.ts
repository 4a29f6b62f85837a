import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'agencies',
    load: async () => ({ Component: (await import('./agencies-screen.tsx')).AgenciesScreen }),
    scope: 'agencies:read',
    nav: { group: 'work', order: 60, word: 'agencies' },
  },
];
