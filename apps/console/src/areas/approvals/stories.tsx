import type { ReactElement } from 'react';
import { MemoryRouter, useInRouterContext } from 'react-router';
import type { Story } from '../../app/story.ts';
import type { Approval } from '../../api/generated/types.gen.ts';
import { ApprovalView } from './approval-view.tsx';
import { ApprovalsTable } from './approvals-screen.tsx';

const approval: Approval = {
  ...{
    approvalId: 'apr_01JTEST00000000000000000000',
    state: 'waiting',
    caseId: 'case_01JTEST0000000000000000000',
    debtorId: 'deb_01JTEST00000000000000000000',
  },
  ...{
    purpose: 'execution',
    causes: ['court-policy'],
    askedBy: 'usr_zhao',
    askedAt: '2026-11-22T09:00:00+08:00',
    expiresAt: '2026-11-25T09:00:00+08:00',
  },
  ...{
    wishedApproverId: null,
    decidedBy: null,
    decidedAt: null,
    inquiryId: null,
    reason: '大额执行案件，需查交易明细',
    decisionReason: null,
  },
  asked: {
    scope: { categories: 'all', agencies: 'all-entitled', except: [] },
    legal: {
      documentName: '（2026）京9901执1号协助查询存款通知书',
      documentNumber: 'W20260301000001',
      fileId: 'file_1',
    },
    ...{ transactionPeriod: null, dueAt: null, origin: 'officer' },
  },
};
const deciding = { busy: false, error: null, start: () => undefined };

/** The story page has a router of its own; a test may not. */
function InRouter({ children }: { readonly children: ReactElement }): ReactElement {
  return useInRouterContext() ? children : <MemoryRouter>{children}</MemoryRouter>;
}

const one = (id: string, view: ReactElement): Story => ({
  id: `approvals/${id}`,
  render: () => <InRouter>{view}</InRouter>,
});

export const stories: readonly Story[] = [
  one('list/some', <ApprovalsTable approvals={[approval, { ...approval, approvalId: 'apr_2', state: 'expired' }]} />),
  one('list/none', <ApprovalsTable approvals={[]} />),
  one('one/to-decide', <ApprovalView approval={approval} own={false} mayDecide deciding={deciding} />),
  one('one/own', <ApprovalView approval={approval} own mayDecide={false} deciding={deciding} />),
  one(
    'one/declined',
    <ApprovalView
      approval={{
        ...approval,
        state: 'declined',
        decidedBy: 'usr_zhou',
        decidedAt: '2026-11-22T10:00:00+08:00',
        decisionReason: '事由不足',
      }}
      own={false}
      mayDecide
      deciding={deciding}
    />,
  ),
];
