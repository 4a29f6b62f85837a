import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'comparisons',
    load: async () => ({ Component: (await import('./comparison-screen.tsx')).ComparisonScreen }),
    scope: 'reports:read',
    nav: null,
  },
  {
    path: 'inquiries/:inquiryId/follow-up',
    load: async () => ({ Component: (await import('./follow-up-screen.tsx')).FollowUpScreen }),
    scope: 'inquiries:read',
    nav: null,
  },
  {
    path: 'schedules',
    load: async () => ({ Component: (await import('./schedules-screen.tsx')).SchedulesScreen }),
    scope: 'inquiries:read',
    nav: { group: 'work', order: 45, word: 'schedules' },
  },
];
