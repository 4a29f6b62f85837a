import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { durationOf } from '../../shared/time.ts';

interface AgenciesViewProps {
  readonly agencies: readonly Agency[];
  readonly isFiltered: boolean;
}

/** One row per agency; what is not connected stands among the others and says so. */
export function AgenciesView({ agencies, isFiltered }: AgenciesViewProps): ReactElement {
  const { t, i18n } = useTranslation(['catalogue', 'verdict']);
  const side = useSide();
  const lasts = (ms: number | null) => (ms === null ? t('catalogue:unknown') : durationOf(ms, i18n.language));
  return (
    <DataTable<Agency>
      caption={t('catalogue:caption')}
      rows={agencies}
      rowKey={({ agencyId }) => agencyId}
      emptyReason={isFiltered ? t('catalogue:noneFits') : t('catalogue:none')}
      minWidth={1_080}
      columns={[
        {
          title: t('catalogue:column.category'),
          width: 110,
          render: (_, { category }) => t(`verdict:category.${category}`),
        },
        {
          title: t('catalogue:column.agency'),
          width: 240,
          render: (_, { agencyId, nameZh, nameEn }) => (
            <>
              {side({ zh: nameZh, en: nameEn })}
              <br />
              <span className="identifier">{agencyId}</span>
            </>
          ),
        },
        {
          title: t('catalogue:column.mode'),
          width: 150,
          render: (_, { connected, mode }) =>
            connected && mode !== null ? t(`catalogue:mode.${mode}`) : t('catalogue:notConnected'),
        },
        {
          title: t('catalogue:column.state'),
          width: 130,
          render: (_, agency) => t(`catalogue:state.${stateOf(agency)}`),
        },
        { title: t('catalogue:column.usual'), width: 110, render: (_, { typicalMs }) => lasts(typicalMs) },
        { title: t('catalogue:column.promised'), width: 110, render: (_, { promisedMs }) => lasts(promisedMs) },
        {
          title: t('catalogue:column.needs'),
          render: (_, { legalPrerequisites }) =>
            legalPrerequisites.map(side).join(t('catalogue:separator')) || t('catalogue:noneStated'),
        },
      ]}
    />
  );
}

type State = 'not-connected' | 'paused' | 'closed' | 'half-open' | 'open' | 'unknown';

function stateOf({ connected, paused, breaker }: Agency): State {
  if (!connected) return 'not-connected';
  if (paused) return 'paused';
  return breaker?.state ?? 'unknown';
}
