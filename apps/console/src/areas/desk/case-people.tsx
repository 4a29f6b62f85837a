import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment, HandOver } from '../../api/generated/types.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { dateOf, momentOf } from '../../shared/time.ts';
import type { CasePageViewProps } from './case-page-props.ts';

/** Who works on the case, who did, and the courts it went through. */
export function CasePeople({ officers, handOvers }: Pick<CasePageViewProps, 'officers' | 'handOvers'>): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <section className="panel" aria-label={t('people.title')}>
      <h2>{t('people.title')}</h2>
      <QueryState query={officers} rows={1}>
        {({ items }) => (
          <ul>
            {items.map((each) => (
              <Worker key={`${each.userId} ${each.since}`} assignment={each} />
            ))}
          </ul>
        )}
      </QueryState>
      <h2>{t('handOvers.title')}</h2>
      <QueryState
        query={handOvers}
        rows={1}
        empty={{ when: ({ items }) => items.length === 0, show: <p>{t('handOvers.none')}</p> }}
      >
        {({ items }) => (
          <ul>
            {items.map((each) => (
              <HandedOver key={each.handOverId} handOver={each} />
            ))}
          </ul>
        )}
      </QueryState>
    </section>
  );
}

function Worker({ assignment: { name, userId, since, until } }: { readonly assignment: Assignment }): ReactElement {
  const { t } = useTranslation('desk');
  const who = name ?? userId;
  return (
    <li>
      {until === null
        ? t('people.since', { who, since: dateOf(since) })
        : t('people.until', { who, since: dateOf(since), until: dateOf(until) })}
    </li>
  );
}

function HandedOver({ handOver }: { readonly handOver: HandOver }): ReactElement {
  const { t } = useTranslation('desk');
  const { fromCourtCode, toCourtCode, kind, at, documentNumber } = handOver;
  return (
    <li>
      {t('handOvers.entry', { from: fromCourtCode, to: toCourtCode, at: momentOf(at), number: documentNumber })} ·{' '}
      {t(`handOvers.${kind}`)}
    </li>
  );
}
