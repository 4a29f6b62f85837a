import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';
import { EntryLink } from './entry-link.tsx';

/** An entry as a list tells it. */
export type EventRow = Omit<AuditEvent, 'reason' | 'shown'> & Partial<Pick<AuditEvent, 'shown'>>;

interface EventsTableProps {
  readonly caption: string;
  readonly events: readonly EventRow[];
  readonly emptyReason: string;
}

/** One line per entry of the ledger: who, when, what, on which case, for what purpose, and whether it was refused. */
export function EventsTable({ caption, events, emptyReason }: EventsTableProps): ReactElement {
  const { t } = useTranslation('audit');
  return (
    <DataTable<EventRow>
      caption={caption}
      rows={events}
      rowKey={({ seq }) => `${seq}`}
      emptyReason={emptyReason}
      minWidth={1_080}
      columns={[
        { title: t('column.seq'), width: 80, align: 'right', render: (_, { seq }) => <EntryLink seq={seq} /> },
        { title: t('column.at'), width: 170, render: (_, { at }) => momentOf(at) },
        { title: t('column.who'), width: 180, render: (_, { actor }) => actor.userId ?? t('nobody') },
        {
          title: t('column.action'),
          width: 210,
          render: (_, { action }) => <span className="identifier">{action}</span>,
        },
        { title: t('column.case'), width: 220, render: (_, { caseNumber }) => caseNumber ?? t('noCase') },
        {
          title: t('column.purpose'),
          width: 130,
          render: (_, { purpose }) => (purpose === null ? t('notStated') : t(`purpose.${purpose}`)),
        },
        { title: t('column.reason'), width: 90, render: (_, { hasReason }) => t(hasReason ? 'yes' : 'no') },
        { title: t('column.result'), render: (_, { result }) => t(`result.${result}`) },
      ]}
    />
  );
}
