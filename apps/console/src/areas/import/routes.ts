import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'import',
    load: async () => ({ Component: (await import('./import-screen.tsx')).ImportScreen }),
    scope: 'inquiries:write',
    nav: { group: 'work', order: 40, word: 'import' },
  },
];
