import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'inquiries/:inquiryId',
    load: async () => ({ Component: (await import('./progress-screen.tsx')).ProgressScreen }),
    scope: 'inquiries:read',
    nav: null,
  },
];
