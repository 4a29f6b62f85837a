import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentsListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { IncidentsView } from './incidents-view.tsx';

/** S13: what fails now, and what waits for it. */
export function OperationsScreen(): ReactElement {
  const { t } = useTranslation('ops');
  const incidents = useQuery({ ...incidentsListOptions(), refetchInterval: 5_000 });
  return (
    <Screen title={t('title')} actions={<a href="/ops/queues">{t('queues')}</a>}>
      <QueryState query={incidents}>{({ items }) => <IncidentsView items={items} />}</QueryState>
    </Screen>
  );
}
