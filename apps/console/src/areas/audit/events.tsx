import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { auditeventsList } from '../../api/generated/sdk.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { EventsTable } from './events-table.tsx';
import { filterOf, isFiltered, queryOf, searchOf } from './ledger-filter.ts';
import { LedgerFilterView } from './ledger-filter-view.tsx';

const pageLength = 200;

/** The newest entries that the filter in the address lets through, page by page. */
export function Events(): ReactElement {
  const { t } = useTranslation('audit');
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const events = useInfiniteQuery({
    queryKey: ['audit-events', filter],
    initialPageParam: { cursor: '', now: 0 },
    queryFn: async ({ pageParam: { cursor, now: begun }, signal }) => {
      const now = begun === 0 ? Date.now() : begun; // all pages of a list ask for the same days
      const query = { ...queryOf(filter, now), limit: `${pageLength}`, ...(cursor === '' ? {} : { cursor }) };
      return { now, page: (await auditeventsList({ query, signal, throwOnError: true })).data };
    },
    getNextPageParam: ({ now, page }) => (page.nextCursor === null ? undefined : { cursor: page.nextCursor, now }),
  });
  return (
    <>
      <LedgerFilterView filter={filter} onChange={(next) => setSearch((before) => searchOf(before, next))} />
      <QueryState query={events} rows={8}>
        {({ pages }) => (
          <EventsTable
            caption={t(isFiltered(filter) ? 'events.filtered' : 'events.caption')}
            events={pages.flatMap(({ page }) => page.items)}
            emptyReason={t(isFiltered(filter) ? 'events.noneSuch' : 'events.none')}
          />
        )}
      </QueryState>
      {events.hasNextPage && (
        <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
          {t('events.more')}
        </Button>
      )}
    </>
  );
}
