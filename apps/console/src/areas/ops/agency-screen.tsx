import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import {
  agenciesBreakerTransitionsOptions,
  agenciesFiguresOptions,
  agenciesReadOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { Agency } from '../../api/generated/types.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { AgencyActs } from './agency-acts.tsx';
import { AgencyFiguresView } from './agency-figures-view.tsx';
import { type Hold, HoldDialog } from './hold-dialog.tsx';
import { ReadAt } from './read-at.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { TransitionsView } from './transitions-view.tsx';

const readEveryMs = 10_000;

/** One agency as operators see it: its breaker in words, what the journal says of 24 hours, and how it came to this. */
export function AgencyScreen(): ReactElement {
  const { t } = useTranslation('ops');
  const side = useSide();
  const { agencyId = '' } = useParams();
  const path = { agencyId };
  const agency = useQuery({ ...agenciesReadOptions({ path }), refetchInterval: readEveryMs });
  const figures = useQuery({ ...agenciesFiguresOptions({ path }), refetchInterval: readEveryMs });
  const transitions = useQuery(agenciesBreakerTransitionsOptions({ path, query: { limit: '50' } }));
  const mayAct = useMay()('operations:write');
  const [hold, setHold] = useState<Hold | null>(null);
  const [resetting, setResetting] = useState<Agency | null>(null);
  const readAgain = () => void Promise.all([agency.refetch(), transitions.refetch()]);
  return (
    <Screen title={agency.data ? side({ zh: agency.data.nameZh, en: agency.data.nameEn }) : t('agency')}>
      <ReadAt at={Math.min(agency.dataUpdatedAt, figures.dataUpdatedAt)} />
      <QueryState query={agency} rows={2}>
        {(data) => (
          <AgencyActs
            agency={data}
            onHold={mayAct ? setHold : null}
            onReset={mayAct ? () => setResetting(data) : null}
          />
        )}
      </QueryState>
      <QueryState query={figures} rows={4}>
        {(data) => <AgencyFiguresView figures={data} />}
      </QueryState>
      <QueryState query={transitions} rows={4}>
        {({ items }) => <TransitionsView items={items} />}
      </QueryState>
      {hold !== null && <HoldDialog hold={hold} onClose={() => setHold(null)} onDone={readAgain} />}
      {resetting !== null && <ResetDialog agency={resetting} onClose={() => setResetting(null)} onDone={readAgain} />}
    </Screen>
  );
}
