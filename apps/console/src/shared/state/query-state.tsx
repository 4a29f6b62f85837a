import { Button, Skeleton } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf } from '../time.ts';
import { FailureNotice } from './failure-notice.tsx';

/** What a block needs to know of its query; react-query's result fits. */
export interface QueryLike<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isFetching?: boolean;
  readonly dataUpdatedAt?: number;
  readonly refetch?: () => unknown;
}

interface QueryStateProps<Data> {
  readonly query: QueryLike<Data>;
  readonly children: (data: Data) => ReactNode;
  /** What stands here when the answer came and holds nothing to show. */
  readonly empty?: { readonly when: (data: Data) => boolean; readonly show: ReactNode };
  /** Lines of the placeholder, so that the page keeps its height. */
  readonly rows?: number;
}

/**
 * One block of a screen in its states: loading, failed, forbidden, empty, there, and there but old. A failure is never
 * shown as emptiness, and one failing block never takes the rest of the page along (ux.md §9, V-03, V-10).
 */
export function QueryState<Data>({ query, children, empty, rows = 4 }: QueryStateProps<Data>): ReactElement {
  const { t } = useTranslation('state');
  if (query.data === undefined) {
    if (query.error !== null && query.error !== undefined)
      return <FailureNotice error={query.error} again={query.refetch} />;
    return (
      <div role="status" aria-label={t('loading')} aria-busy="true">
        <Skeleton active title={false} paragraph={{ rows }} />
      </div>
    );
  }
  return (
    <>
      {query.error !== null && query.error !== undefined && <StaleNotice query={query} />}
      {empty?.when(query.data) ? empty.show : children(query.data)}
    </>
  );
}

/** What is shown was true then; a later look failed. */
export function StaleNotice({ query }: { readonly query: QueryLike<unknown> }): ReactElement {
  const { t } = useTranslation('state');
  return (
    <p className="stale-notice" role="status">
      {t('stale', { at: query.dataUpdatedAt === undefined ? '' : clockOf(query.dataUpdatedAt) })}
      {query.refetch && (
        <Button type="link" size="small" onClick={() => void query.refetch?.()}>
          {t('refresh')}
        </Button>
      )}
    </p>
  );
}
