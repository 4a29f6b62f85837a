import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';

/** Agencies that fail, the longest failure first. */
export function IncidentsView({ items }: { readonly items: readonly Incident[] }): ReactElement {
  const { t } = useTranslation('ops');
  const side = useSide();
  return (
    <DataTable<Incident>
      caption={t('incidents')}
      rows={items}
      rowKey={({ agencyId }) => agencyId}
      emptyReason={t('noIncident')}
      columns={[
        { title: t('agency'), key: 'agency', render: (_, { nameZh, nameEn }) => side({ zh: nameZh, en: nameEn }) },
        { title: t('state'), key: 'state', render: (_, { state }) => t(state) },
        { title: t('since'), key: 'since', render: (_, { since }) => momentOf(since) },
        {
          title: t('waiting'),
          key: 'waiting',
          render: (_, { waiting: { inquiries, courts, more } }) =>
            t(more ? 'waitingMore' : 'waitingValue', { inquiries, courts }),
        },
      ]}
    />
  );
}
