import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OperationsEvent, OperationsEventKind } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';
import './ops.css';

export const eventKinds = [
  'breaker-opened',
  'breaker-half-opened',
  'breaker-closed',
  'answer-contradicted',
  'answer-quarantined',
  'all-nothing-suspected',
  'shape-drifted',
  'agency-silent',
  'channel-unauthorized',
  'channel-address-denied',
  'channel-credential-expiring',
  'package-conflict',
  'requeried-after-recovery',
] as const satisfies readonly OperationsEventKind[];

interface EventsViewProps {
  readonly items: readonly OperationsEvent[];
  readonly isFiltered: boolean;
}

/** One line per event; what came again and again is one line with its number. */
export function EventsView({ items, isFiltered }: EventsViewProps): ReactElement {
  const { t } = useTranslation('ops');
  return (
    <DataTable<OperationsEvent>
      caption={t('events.caption')}
      rows={items}
      rowKey={({ eventId }) => eventId}
      emptyReason={t(isFiltered ? 'events.noneOfKind' : 'events.none')}
      minWidth={940}
      columns={[
        { title: t('events.lastAt'), width: 180, render: (_, { lastAt }) => momentOf(lastAt) },
        { title: t('events.kind'), width: 190, render: (_, { kind }) => t(`events.kinds.${kind}`) },
        {
          title: t('events.where'),
          width: 170,
          render: (_, { agencyId, channelId }) =>
            agencyId === null ? channelId : <Link to={`/ops/agencies/${agencyId}`}>{agencyId}</Link>,
        },
        {
          title: t('events.count'),
          width: 130,
          render: (_, { count, at }) =>
            count === 1 ? t('events.once') : t('events.times', { count, at: momentOf(at) }),
        },
        {
          title: t('events.detail'),
          render: (_, { detail }) => (
            <ul className="ops-detail">
              {Object.entries(detail).map(([name, value]) => (
                <li key={name} className="identifier">
                  {`${name}: ${String(value)}`}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
