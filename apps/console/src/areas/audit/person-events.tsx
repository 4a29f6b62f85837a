import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { EventsTable, type EventRow } from './events-table.tsx';

interface PersonEventsProps {
  readonly events: readonly EventRow[];
  /** No older entry is left to read. */
  readonly isWhole: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** The entries about one person or of one officer. "Everything" is said only when everything has been read. */
export function PersonEvents({ events, isWhole, busy, onMore }: PersonEventsProps): ReactElement {
  const { t } = useTranslation('audit');
  return (
    <>
      <EventsTable
        caption={isWhole ? t('person.found') : t('person.newest', { count: events.length })}
        events={events}
        emptyReason={t('person.none')}
      />
      {!isWhole && (
        <Button loading={busy} onClick={onMore}>
          {t('person.more')}
        </Button>
      )}
    </>
  );
}
