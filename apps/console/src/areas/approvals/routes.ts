import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'approvals',
    load: async () => ({ Component: (await import('./approvals-screen.tsx')).ApprovalsScreen }),
    scope: 'inquiries:read',
    nav: { group: 'work', order: 40, word: 'approvals' },
  },
  {
    path: 'approvals/:approvalId',
    load: async () => ({ Component: (await import('./approval-screen.tsx')).ApprovalScreen }),
    scope: 'inquiries:read',
    nav: null,
  },
];
