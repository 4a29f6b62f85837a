import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'audit',
    load: async () => ({ Component: (await import('./audit-screen.tsx')).AuditScreen }),
    scope: 'audit:read',
    nav: { group: 'audit', order: 10, word: 'ledger' },
  },
];
