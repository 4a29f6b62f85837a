import { useInfiniteQuery } from '@tanstack/react-query';
import { deskListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { QueryLike } from '../../shared/state/query-state.tsx';
import type { DeskRows } from './desk-table.tsx';

const pageSize = '50';

interface DeskFilter {
  readonly act: string | null;
  readonly state: string | null;
}

/** The desk page by page, as one query that a block of a screen can show. */
export function useDesk({ act, state }: DeskFilter): QueryLike<DeskRows> {
  const query = { limit: pageSize, ...(act === null ? {} : { act }), ...(state === null ? {} : { state }) };
  const pages = useInfiniteQuery({
    ...deskListInfiniteOptions({ query }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : { query: { cursor: nextCursor } }),
    refetchInterval: 60_000,
  });
  const { data, error, dataUpdatedAt, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = pages;
  const rows: DeskRows | undefined = data && {
    items: data.pages.flatMap(({ items }) => items),
    more: hasNextPage ? fetchNextPage : null,
    isReading: isFetchingNextPage,
  };
  return { data: rows, error, dataUpdatedAt, refetch };
}
