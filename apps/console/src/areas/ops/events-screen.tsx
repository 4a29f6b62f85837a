import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { operationseventsList } from '../../api/generated/sdk.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { EventsView, eventKinds } from './events-view.tsx';
import { ReadAt } from './read-at.tsx';

const pageLength = 100;
const readEveryMs = 15_000;

/** What operators are told of: breakers, drift, silence, refused access, unreadable messages. */
export function EventsScreen(): ReactElement {
  const { t } = useTranslation('ops');
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const kind = eventKinds.find((each) => each === search.get('kind')) ?? null;
  const events = useInfiniteQuery({
    queryKey: ['operations-events', kind],
    initialPageParam: '',
    refetchInterval: readEveryMs,
    queryFn: async ({ pageParam, signal }) =>
      (
        await operationseventsList({
          query: {
            limit: `${pageLength}`,
            ...(kind === null ? {} : { kind }),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
          signal,
          throwOnError: true,
        })
      ).data,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <Screen title={t('events.title')}>
      <ReadAt at={events.dataUpdatedAt} />
      <section className="panel">
        <label htmlFor={id}>{t('events.kind')}</label>{' '}
        <Select
          id={id}
          className="ops-choice"
          value={kind ?? 'all'}
          options={['all' as const, ...eventKinds].map((value) => ({ value, label: t(`events.kinds.${value}`) }))}
          onChange={(value) => setSearch(value === 'all' ? {} : { kind: value }, { replace: true })}
        />
      </section>
      <QueryState query={events} rows={8}>
        {({ pages }) => <EventsView items={pages.flatMap(({ items }) => items)} isFiltered={kind !== null} />}
      </QueryState>
      {events.hasNextPage && (
        <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Screen>
  );
}
