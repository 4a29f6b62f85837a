import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { schedulesListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { SchedulesView } from './schedules-view.tsx';
import './compare.css';

/** Schedules of the court: what is due first. The calendar holds days and no names. */
export function SchedulesScreen(): ReactElement {
  const { t } = useTranslation('compare');
  const [search, setSearch] = useSearchParams();
  const isDue = search.get('due') === 'true';
  const list = useQuery(schedulesListOptions({ query: { limit: '200', ...(isDue ? { due: 'true' } : {}) } }));
  return (
    <Screen
      title={t('schedules.title')}
      actions={
        <>
          <Button aria-pressed={isDue} onClick={() => setSearch(isDue ? {} : { due: 'true' })}>
            {t(isDue ? 'schedules.all' : 'schedules.due')}
          </Button>
          <Button href="/api/v1/schedules/calendar" download>
            {t('schedules.calendar')}
          </Button>
        </>
      }
    >
      <QueryState query={list}>
        {({ items, nextCursor }) => <SchedulesView schedules={items} isDue={isDue} isWhole={nextCursor === null} />}
      </QueryState>
    </Screen>
  );
}
