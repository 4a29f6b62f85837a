import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { importsReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { importsChange, importsCreate } from '../../api/generated/sdk.gen.ts';
import type { ImportChangeInput } from '../../api/generated/types.gen.ts';
import { newKey } from '../../shared/api/intent.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ListView } from './list-view.tsx';
import { SendPanel } from './send-panel.tsx';
import { StartView } from './start-view.tsx';

/** S05: a list of debtors, judged row by row; nothing is sent before the number is confirmed. */
export function ImportScreen(): ReactElement {
  const { t } = useTranslation('import');
  const [search, setSearch] = useSearchParams();
  const importId = search.get('list');
  const bring = useMutation({
    mutationFn: async (file: File) =>
      (await importsCreate({ body: { file }, headers: { 'Idempotency-Key': newKey() }, throwOnError: true })).data,
    onSuccess: (view) => setSearch({ list: view.importId }),
  });
  return (
    <Screen title={t('title')}>
      {importId === null ? (
        <StartView busy={bring.isPending} error={bring.error} onBring={bring.mutate} />
      ) : (
        <List key={importId} importId={importId} onAnother={() => setSearch({})} />
      )}
    </Screen>
  );
}

interface ListProps {
  readonly importId: string;
  readonly onAnother: () => void;
}

function List({ importId, onAnother }: ListProps): ReactElement {
  const client = useQueryClient();
  const options = importsReadOptions({ path: { importId } });
  const list = useQuery(options);
  const change = useMutation({
    mutationFn: async (mapping: ImportChangeInput['mapping']) =>
      (await importsChange({ path: { importId }, body: { mapping }, throwOnError: true })).data,
    onSuccess: (view) => client.setQueryData(options.queryKey, view),
  });
  return (
    <QueryState query={list} rows={8}>
      {(view) => (
        <ListView
          view={view}
          onAnother={onAnother}
          mapping={{ busy: change.isPending, error: change.error, onChange: change.mutate }}
        >
          <SendPanel view={view} onStep={() => void list.refetch()} />
        </ListView>
      )}
    </QueryState>
  );
}
