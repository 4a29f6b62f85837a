import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { quarantineList, quarantineReplay } from '../../api/generated/sdk.gen.ts';
import type { NewReplayInput } from '../../api/generated/types.gen.ts';
import { newKey } from '../../shared/api/intent.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { QuarantineView, quarantineStates } from './quarantine-view.tsx';
import { ReadAt } from './read-at.tsx';
import { ReplayDialog } from './replay-dialog.tsx';

const pageLength = 100;

/** Messages that no adapter could read: kept as they came, and read again after a repair. No agency is asked. */
export function QuarantineScreen(): ReactElement {
  const { t } = useTranslation('ops');
  const [search, setSearch] = useSearchParams();
  const state = quarantineStates.find((each) => each === search.get('state')) ?? 'waiting';
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isOpen, setOpen] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['quarantine', state],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) =>
      (
        await quarantineList({
          query: { limit: `${pageLength}`, state, ...(pageParam === '' ? {} : { cursor: pageParam }) },
          signal,
          throwOnError: true,
        })
      ).data,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const mayAct = useMay()('operations:write');
  const replay = useMutation({
    mutationFn: async (body: NewReplayInput) =>
      (await quarantineReplay({ body, headers: { 'Idempotency-Key': newKey() }, throwOnError: true })).data,
    onSuccess: () => void list.refetch(),
  });
  return (
    <Screen title={t('quarantine.title')}>
      <ReadAt at={list.dataUpdatedAt} />
      <QueryState query={list} rows={6}>
        {({ pages }) => (
          <QuarantineView
            items={pages.flatMap(({ items }) => items)}
            state={state}
            onState={(next) => {
              setChosen([]);
              setSearch({ state: next }, { replace: true });
            }}
            chosen={chosen}
            onChoose={mayAct && state === 'waiting' ? setChosen : null}
            onReplay={() => setOpen(true)}
          />
        )}
      </QueryState>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {isOpen && (
        <ReplayDialog
          count={chosen.length}
          run={{ busy: replay.isPending, error: replay.error, done: replay.data ?? null }}
          onRun={() => replay.mutate({ quarantineIds: [...chosen] })}
          onClose={() => {
            setOpen(false);
            setChosen([]);
            replay.reset();
          }}
        />
      )}
    </Screen>
  );
}
