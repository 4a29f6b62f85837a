import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { clockOf, durationOf } from '../../shared/time.ts';

interface AgenciesViewProps {
  readonly agencies: readonly Agency[];
  readonly isFiltered: boolean;
  /** When the states were read, and now, in milliseconds since 1970. */
  readonly readAt: number;
  readonly now: number;
}

const oldAfterMs = 300_000;

/** One row per agency; what is not connected stands among the others and says so. */
export function AgenciesView({ agencies, isFiltered, readAt, now }: AgenciesViewProps): ReactElement {
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
          width: 170,
          render: (_, agency) => <State state={stateOf(agency)} readAt={readAt} isOld={now - readAt > oldAfterMs} />,
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

type StateNow = 'not-connected' | 'paused' | 'closed' | 'half-open' | 'open' | 'unknown';

interface StateProps {
  readonly state: StateNow;
  readonly readAt: number;
  readonly isOld: boolean;
}

/** A state that was read a while ago is no longer told as the present one. */
function State({ state, readAt, isOld }: StateProps): ReactElement {
  const { t } = useTranslation('catalogue');
  const words = t(`state.${state}`);
  if (!isOld || state === 'not-connected' || state === 'unknown') return <>{words}</>;
  return <span className="old-state">{t('stateThen', { state: words, at: clockOf(readAt) })}</span>;
}

function stateOf({ connected, paused, breaker }: Agency): StateNow {
  if (!connected) return 'not-connected';
  if (paused) return 'paused';
  return breaker?.state ?? 'unknown';
}
