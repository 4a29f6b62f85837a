import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeskCounters } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import type { QueryLike } from '../../shared/state/query-state.tsx';
import { clockOf } from '../../shared/time.ts';

interface ActCountersProps {
  readonly query: QueryLike<DeskCounters>;
  /** The act that is filtered by now. */
  readonly chosen: string | null;
  /** Address of the list for one act; null: for all. */
  readonly linkTo: (act: string | null) => string;
}

/** The digest: how many cases wait for what, each a link. A number that is not there yet says so, and is never 0. */
export function ActCounters({ query, chosen, linkTo }: ActCountersProps): ReactElement {
  const { t } = useTranslation('desk');
  if (query.data === undefined)
    return query.error === null || query.error === undefined ? (
      <p className="desk-counters" role="status">
        {t('counters.counting')}
      </p>
    ) : (
      <FailureNotice error={query.error} again={query.refetch} />
    );
  const { acts, considered, isWhole, at } = query.data;
  return (
    <section className="desk-counters" aria-label={t('counters.label')}>
      <ul>
        <li>
          <Link to={linkTo(null)} aria-current={chosen === null}>
            {t(isWhole ? 'counters.all' : 'counters.atLeast', { count: considered })}
          </Link>
        </li>
        {acts.map(({ act, cases }) => (
          <li key={act}>
            <Link to={linkTo(act)} aria-current={chosen === act}>
              {t(`act.${act}`)} <b>{cases}</b>
            </Link>
          </li>
        ))}
      </ul>
      <p className="desk-quiet">
        {t('counters.at', { at: clockOf(at) })}
        {!isWhole && ` ${t('counters.cut', { count: considered })}`}
      </p>
    </section>
  );
}
