import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { anomaliesListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { auditeventsVerify } from '../../api/generated/sdk.gen.ts';
import { newKey } from '../../shared/api/intent.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { AnomalyCards } from './anomaly-cards.tsx';
import { ChainState } from './chain-state.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { Events } from './events.tsx';
import { Pack } from './pack.tsx';
import { Person } from './person.tsx';

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
        {({ items, isWhole }) => <AnomalyCards anomalies={items} isWhole={isWhole} mayPack={may('audit:export')} />}
      </QueryState>
      {may('audit:export') && <Pack />}
      <Person />
      <Events />
      <EntryDrawer />
    </Screen>
  );
}
