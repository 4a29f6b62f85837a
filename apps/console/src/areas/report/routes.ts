import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'inquiries/:inquiryId/report',
    load: async () => ({ Component: (await import('./live-report-screen.tsx')).LiveReportScreen }),
    scope: 'reports:read',
    nav: null,
  },
  {
    path: 'reports/:reportId',
    load: async () => ({ Component: (await import('./report-screen.tsx')).ReportScreen }),
    scope: 'reports:read',
    nav: null,
  },
];
