import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { auditeventsSearch } from '../../api/generated/sdk.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { PersonEvents } from './person-events.tsx';
import { type Sought, PersonSearch } from './person-search.tsx';

const pageLength = 200;
const none: number | null = null; // a page before no entry: the newest

/** 被查询人视角: everything about one person, or everything one officer did. */
export function Person(): ReactElement {
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
