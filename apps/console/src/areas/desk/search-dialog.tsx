import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchesSearchMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { SearchView } from './search-view.tsx';

/** Ctrl-K. What is typed goes in the body of a request: never into an address, and nowhere into storage. */
export function SearchDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('desk');
  const [typed, setTyped] = useState('');
  const search = useMutation(searchesSearchMutation());
  return (
    <Modal open title={t('search.title')} footer={null} onCancel={onClose} destroyOnHidden width={720}>
      <SearchView
        typed={typed}
        onType={setTyped}
        onSearch={() => search.mutate({ body: { q: typed.trim() } })}
        isSearching={search.isPending}
        found={search.data ?? null}
        failure={search.error}
        onFollow={onClose}
      />
    </Modal>
  );
}
