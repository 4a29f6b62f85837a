import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: '',
    load: async () => ({ Component: (await import('./workbench.tsx')).Workbench }),
    scope: 'cases:read',
    nav: { group: 'work', order: 10, word: 'workbench' },
  },
  {
    path: 'cases',
    load: async () => ({ Component: (await import('./case-list.tsx')).CaseList }),
    scope: 'cases:read',
    nav: { group: 'work', order: 20, word: 'cases' },
  },
  {
    path: 'cases/new',
    load: async () => ({ Component: (await import('./new-case.tsx')).NewCase }),
    scope: 'cases:write',
    nav: null,
  },
  {
    path: 'cases/:caseId',
    load: async () => ({ Component: (await import('./case-page.tsx')).CasePage }),
    scope: 'cases:read',
    nav: null,
  },
];
