import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Incident } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';

interface IncidentsViewProps {
  readonly items: readonly Incident[];
  /** Null: the person may only look. */
  readonly onAskAgain: ((incident: Incident) => void) | null;
}

/** Agencies that fail, the longest failure first. */
export function IncidentsView({ items, onAskAgain }: IncidentsViewProps): ReactElement {
  const { t } = useTranslation(['ops', 'verdict']);
  const side = useSide();
  return (
    <DataTable<Incident>
      caption={t('ops:incidents')}
      rows={items}
      rowKey={({ agencyId }) => agencyId}
      emptyReason={t('ops:noIncident')}
      columns={[
        {
          title: t('ops:agency'),
          key: 'agency',
          render: (_, { agencyId, nameZh, nameEn }) => (
            <Link to={`/ops/agencies/${agencyId}`}>{side({ zh: nameZh, en: nameEn })}</Link>
          ),
        },
        { title: t('ops:state'), key: 'state', render: (_, { state }) => t(`ops:${state}`) },
        { title: t('ops:since'), key: 'since', render: (_, { since }) => momentOf(since) },
        {
          title: t('ops:waiting'),
          key: 'waiting',
          render: (_, { waiting: { inquiries, courts, more } }) =>
            t(more ? 'ops:waitingMore' : 'ops:waitingValue', { inquiries, courts }),
        },
        ...(onAskAgain === null
          ? []
          : [
              {
                title: t('ops:act'),
                key: 'act',
                render: (_: unknown, incident: Incident) => (
                  <Button size="small" onClick={() => onAskAgain(incident)}>
                    {t('ops:outage.open')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}
