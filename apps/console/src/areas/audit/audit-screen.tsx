import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { anomaliesListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { auditeventsList, auditeventsSearch, auditeventsVerify } from '../../api/generated/sdk.gen.ts';
import { newKey } from '../../shared/api/intent.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { AnomalyCards } from './anomaly-cards.tsx';
import { ChainState } from './chain-state.tsx';
import { EventsTable } from './events-table.tsx';
import { PackPanel } from './pack-panel.tsx';
import { PersonEvents } from './person-events.tsx';
import { type Sought, PersonSearch } from './person-search.tsx';

const pageLength = 200;
const none: number | null = null; // a page before no entry: the newest

/** S15: who asked about whom, when and why; whether anybody changed the ledger; what looks unusual. */
export function AuditScreen(): ReactElement {
  const { t } = useTranslation('audit');
  const may = useMay();
  const anomalies = useQuery(anomaliesListOptions());
  const verify = useMutation({
    mutationFn: async () =>
      (await auditeventsVerify({ body: {}, headers: { 'Idempotency-Key': newKey() }, throwOnError: true })).data,
  });
  return (
    <Screen title={t('title')}>
      <ChainState
        result={verify.data ?? null}
        busy={verify.isPending}
        error={verify.error}
        onVerify={() => verify.mutate()}
      />
      <QueryState query={anomalies} rows={2}>
        {({ items }) => <AnomalyCards anomalies={items} />}
      </QueryState>
      <Person />
      {may('audit:export') && <PackPanel />}
      <Events />
    </Screen>
  );
}

/** 被查询人视角: everything about one person, or everything one officer did. */
function Person(): ReactElement {
  const [sought, setSought] = useState<Sought | null>(null);
  const found = useInfiniteQuery({
    queryKey: ['audit-search', sought],
    enabled: sought !== null,
    gcTime: 0, // what was typed about a person does not stay in the page
    initialPageParam: none,
    queryFn: async ({ pageParam: before, signal }) =>
      (await auditeventsSearch({ body: { ...sought, limit: pageLength, before }, signal, throwOnError: true })).data,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
  });
  return (
    <>
      <PersonSearch onSearch={setSought} />
      {sought !== null && (
        <QueryState query={found} rows={4}>
          {({ pages }) => (
            <PersonEvents
              events={pages.flatMap(({ items }) => items)}
              isWhole={!found.hasNextPage}
              busy={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          )}
        </QueryState>
      )}
    </>
  );
}

function Events(): ReactElement {
  const { t } = useTranslation('audit');
  const events = useInfiniteQuery({
    queryKey: ['audit-events'],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) =>
      (
        await auditeventsList({
          query: { limit: `${pageLength}`, ...(pageParam === '' ? {} : { cursor: pageParam }) },
          signal,
          throwOnError: true,
        })
      ).data,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <>
      <QueryState query={events} rows={8}>
        {({ pages }) => (
          <EventsTable
            caption={t('events.caption')}
            events={pages.flatMap(({ items }) => items)}
            emptyReason={t('events.none')}
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
