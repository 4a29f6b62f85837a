import { type ReactElement, Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Anomaly } from '../../api/generated/types.gen.ts';
import { momentOf } from '../../shared/time.ts';
import { EntryLink } from './entry-link.tsx';
import './audit.css';

interface AnomalyCardsProps {
  readonly anomalies: readonly Anomaly[];
  /** False: there were more entries in these days than are looked at. */
  readonly isWhole: boolean;
  readonly mayPack: boolean;
}

/** Each card names its rule and its numbers. It says what was done, and never that it was wrong. */
export function AnomalyCards({ anomalies, isWhole, mayPack }: AnomalyCardsProps): ReactElement {
  const { t } = useTranslation('audit');
  return (
    <section className="panel" aria-label={t('anomalies.title')}>
      <h2>{t('anomalies.title')}</h2>
      {anomalies.length === 0 && <p>{t(isWhole ? 'anomalies.none' : 'anomalies.noneSeen')}</p>}
      {!isWhole && <p role="status">{t('anomalies.notWhole')}</p>}
      <ul className="anomaly-list">
        {anomalies.map((anomaly) => (
          <li key={`${anomaly.kind} ${anomaly.userId ?? ''} ${anomaly.since}`} data-anomaly={anomaly.kind}>
            <Card anomaly={anomaly} />
            {mayPack && anomaly.evidence.length > 0 && <PackLink evidence={anomaly.evidence} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Card({ anomaly }: { readonly anomaly: Anomaly }): ReactElement {
  const { t } = useTranslation('audit');
  const { kind, userId, since, until, count, threshold, evidence } = anomaly;
  return (
    <>
      <strong>{t(`anomaly.${kind}`)}</strong> · {userId ?? t('nobody')} · {t('anomalies.count', { count, threshold })} ·{' '}
      {momentOf(since)} – {momentOf(until)} · {t('anomalies.evidence')}
      {evidence.map((seq) => (
        <Fragment key={seq}>
          {' '}
          <EntryLink seq={seq} />
        </Fragment>
      ))}
    </>
  );
}

/** Leads to the evidence pack, over exactly these entries and what lies between them. */
function PackLink({ evidence }: { readonly evidence: readonly number[] }): ReactElement {
  const { t } = useTranslation('audit');
  const { search } = useLocation();
  const to = new URLSearchParams(search);
  const [from, until] = [Math.min(...evidence), Math.max(...evidence)];
  to.delete('event');
  to.set('pack', `${from}-${until}`);
  return (
    <>
      {' · '}
      <Link to={{ search: to.toString() }}>{t('anomalies.pack', { from, to: until })}</Link>
    </>
  );
}
