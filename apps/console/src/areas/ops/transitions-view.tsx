import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BreakerTransition } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';

/** How the breaker opened and closed, newest first, and why. */
export function TransitionsView({ items }: { readonly items: readonly BreakerTransition[] }): ReactElement {
  const { t } = useTranslation(['ops', 'verdict']);
  return (
    <DataTable<BreakerTransition>
      caption={t('ops:transitions.caption')}
      rows={items}
      rowKey={({ transitionId }) => transitionId}
      emptyReason={t('ops:transitions.none')}
      columns={[
        { title: t('ops:transitions.at'), width: 180, render: (_, { at }) => momentOf(at) },
        {
          title: t('ops:transitions.change'),
          width: 160,
          render: (_, { from, to }) => `${t(`ops:${from}`)} → ${t(`ops:${to}`)}`,
        },
        {
          title: t('ops:transitions.cause'),
          render: (_, { cause }) => (
            <>
              {t(`ops:cause.${cause.code}`)}
              {cause.failures.map(({ reason, reasonCode, count }) => (
                <div key={`${reason} ${reasonCode ?? ''}`} className="when">
                  {t(`verdict:reason.${reason}`)} × {count}
                </div>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}
