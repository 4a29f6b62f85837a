import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'ops',
    load: async () => ({ Component: (await import('./operations-screen.tsx')).OperationsScreen }),
    scope: 'operations:read',
    nav: { group: 'ops', order: 10, word: 'operations' },
  },
  {
    path: 'ops/agencies/:agencyId',
    load: async () => ({ Component: (await import('./agency-screen.tsx')).AgencyScreen }),
    scope: 'operations:read',
    nav: null,
  },
  {
    path: 'ops/events',
    load: async () => ({ Component: (await import('./events-screen.tsx')).EventsScreen }),
    scope: 'operations:read',
    nav: { group: 'ops', order: 20, word: 'events' },
  },
  {
    path: 'ops/quarantine',
    load: async () => ({ Component: (await import('./quarantine-screen.tsx')).QuarantineScreen }),
    scope: 'operations:read',
    nav: { group: 'ops', order: 30, word: 'quarantine' },
  },
];
