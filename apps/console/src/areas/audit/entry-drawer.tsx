import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { auditeventsReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { EntryView } from './entry-view.tsx';

/** The entry that the address names. */
export function EntryDrawer(): ReactElement | null {
  const { t } = useTranslation('audit');
  const [search, setSearch] = useSearchParams();
  const seq = search.get('event') ?? '';
  const isOne = /^[1-9]\d{0,14}$/.test(seq);
  const event = useQuery({ ...auditeventsReadOptions({ path: { seq } }), enabled: isOne });
  if (!isOne) return null;
  const close = () =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete('event');
      return after;
    });
  return (
    <Drawer open title={t('entry.title', { seq })} size={620} onClose={close}>
      <QueryState query={event} rows={8}>
        {(data) => <EntryView event={data} />}
      </QueryState>
    </Drawer>
  );
}
