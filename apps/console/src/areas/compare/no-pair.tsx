import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PairChosen } from './pair.ts';

interface NoPairProps {
  readonly kind: 'nothing-chosen' | 'only-one' | 'unreadable';
  readonly pair?: PairChosen;
  readonly nextDueOn: string | null;
}

/** Why no comparison stands here; never that nothing has changed. */
export function NoPair({ kind, pair, nextDueOn }: NoPairProps): ReactElement {
  const { t } = useTranslation('compare');
  return (
    <section className="panel" data-no-pair={kind}>
      <p>{t(`none.${kind}`)}</p>
      {kind === 'only-one' && (
        <p>{nextDueOn === null ? t('none.noSchedule') : t('none.nextDue', { date: nextDueOn })}</p>
      )}
      {pair !== undefined && (
        <p>
          <Link to={`/reports/${pair.older}`}>{t('none.openOlder')}</Link>
          {' · '}
          <Link to={`/reports/${pair.newer}`}>{t('none.openNewer')}</Link>
        </p>
      )}
    </section>
  );
}
