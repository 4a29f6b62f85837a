import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { approvalsListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { ApprovalItem } from '../../api/generated/types.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';

const most = 200;

/** What waits for a second person, and what became of it; the newest 200. */
export function ApprovalsScreen(): ReactElement {
  const { t } = useTranslation('approvals');
  const approvals = useQuery(approvalsListOptions({ query: { limit: `${most}` } }));
  return (
    <Screen title={t('title')}>
      <QueryState query={approvals} rows={6}>
        {({ items, nextCursor }) => (
          <>
            {nextCursor !== null && <p role="status">{t('onlyNewest', { count: most })}</p>}
            <ApprovalsTable approvals={items} />
          </>
        )}
      </QueryState>
    </Screen>
  );
}

export function ApprovalsTable({ approvals }: { readonly approvals: readonly ApprovalItem[] }): ReactElement {
  const { t } = useTranslation('approvals');
  return (
    <DataTable<ApprovalItem>
      caption={t('caption')}
      rows={approvals}
      rowKey={({ approvalId }) => approvalId}
      emptyReason={t('none')}
      minWidth={860}
      columns={[
        {
          title: t('column.approval'),
          width: 300,
          render: (_, { approvalId }) => (
            <Link className="identifier" to={`/approvals/${approvalId}`}>
              {approvalId}
            </Link>
          ),
        },
        { title: t('column.state'), width: 130, render: (_, { state }) => t(`state.${state}`) },
        {
          title: t('column.causes'),
          render: (_, { causes }) => causes.map((cause) => t(`cause.${cause}`)).join(t('separator')),
        },
        { title: t('column.askedBy'), width: 130, render: (_, { askedBy }) => askedBy },
        { title: t('column.askedAt'), width: 170, render: (_, { askedAt }) => momentOf(askedAt) },
        { title: t('column.expiresAt'), width: 170, render: (_, { expiresAt }) => momentOf(expiresAt) },
      ]}
    />
  );
}
