import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { agenciesList } from '../../api/generated/sdk.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { AgenciesView } from './agencies-view.tsx';

const pageLength = 200;
const typingMs = 300;
const readEveryMs = 60_000;
const tickMs = 15_000;

/** S14: who can be asked, how they answer, and who is not connected. */
export function AgenciesScreen(): ReactElement {
  const { t } = useTranslation('catalogue');
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const sought = search.get('q') ?? '';
  const [typed, setTyped] = useState(sought);
  useEffect(() => {
    const timer = setTimeout(
      () => setSearch(typed.trim() === '' ? {} : { q: typed.trim() }, { replace: true }),
      typingMs,
    );
    return () => clearTimeout(timer);
  }, [typed, setSearch]);
  const agencies = useInfiniteQuery({
    queryKey: ['agencies', sought],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) =>
      (
        await agenciesList({
          query: {
            limit: `${pageLength}`,
            ...(sought === '' ? {} : { q: sought }),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
          signal,
          throwOnError: true,
        })
      ).data,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: readEveryMs,
  });
  const now = useNow();
  return (
    <Screen title={t('title')}>
      <section className="panel">
        <label htmlFor={id}>{t('search')}</label>
        <Input id={id} value={typed} maxLength={60} onChange={({ target }) => setTyped(target.value)} />
      </section>
      <QueryState query={agencies} rows={8}>
        {({ pages }) => (
          <AgenciesView
            agencies={pages.flatMap(({ items }) => items)}
            isFiltered={sought !== ''}
            readAt={agencies.dataUpdatedAt}
            now={now}
          />
        )}
      </QueryState>
      {agencies.hasNextPage && (
        <Button loading={agencies.isFetchingNextPage} onClick={() => void agencies.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Screen>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
