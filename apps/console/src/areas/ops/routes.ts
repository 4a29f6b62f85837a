import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'ops',
    load: async () => ({ Component: (await import('./operations-screen.tsx')).OperationsScreen }),
    scope: 'operations:read',
    nav: { group: 'ops', order: 10, word: 'operations' },
  },
];
