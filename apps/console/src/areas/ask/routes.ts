import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'inquiries/new',
    load: async () => ({ Component: (await import('./ask-screen.tsx')).AskScreen }),
    scope: 'inquiries:write',
    nav: null,
  },
];
