import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Anomaly } from '../../api/generated/types.gen.ts';
import { momentOf } from '../../shared/time.ts';

/** Each card names its rule and its numbers. It says what was done, and never that it was wrong. */
export function AnomalyCards({ anomalies }: { readonly anomalies: readonly Anomaly[] }): ReactElement {
  const { t } = useTranslation('audit');
  return (
    <section className="panel" aria-label={t('anomalies.title')}>
      <h2>{t('anomalies.title')}</h2>
      {anomalies.length === 0 && <p>{t('anomalies.none')}</p>}
      <ul>
        {anomalies.map(({ kind, userId, since, until, count, threshold, evidence }) => (
          <li key={`${kind} ${userId ?? ''} ${since}`}>
            <strong>{t(`anomaly.${kind}`)}</strong> · {userId ?? t('nobody')} ·{' '}
            {t('anomalies.count', { count, threshold })} · {momentOf(since)} – {momentOf(until)} ·{' '}
            {t('anomalies.evidence', { list: evidence.join(', ') })}
          </li>
        ))}
      </ul>
    </section>
  );
}
