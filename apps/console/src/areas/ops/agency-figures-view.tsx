import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyFigures } from '../../api/generated/types.gen.ts';
import { momentOf } from '../../shared/time.ts';
import { Sparkline } from './sparkline.tsx';
import './ops.css';

/** What the journal says of the last 24 hours. Nobody asked, nobody answered and answered "nothing" are told apart. */
export function AgencyFiguresView({ figures }: { readonly figures: AgencyFigures }): ReactElement {
  const { t } = useTranslation('ops');
  const { from, at, entries, waitMs, hours, lastAnswerAt } = figures;
  const total = entries.found + entries.nothing + entries.noAnswer;
  const share =
    total === 0 ? t('figures.noEntry') : t('figures.share', { percent: percentOf(total - entries.noAnswer, total) });
  return (
    <section className="panel" aria-label={t('figures.title')}>
      <h2>{t('figures.title')}</h2>
      <p className="when">{t('figures.window', { from: momentOf(from), at: momentOf(at) })}</p>
      <dl className="ops-figures">
        <Figure label={t('figures.entries')} value={t('figures.entriesOf', { ...entries })} />
        <Figure label={t('figures.answered')} value={share} />
        <Figure
          label={t('figures.wait')}
          value={
            waitMs === null
              ? t('figures.noWait')
              : t('figures.waitOf', { p50: seconds(waitMs.p50), p95: seconds(waitMs.p95), p99: seconds(waitMs.p99) })
          }
        />
        <Figure label={t('figures.last')} value={lastAnswerAt === null ? t('figures.never') : momentOf(lastAnswerAt)} />
      </dl>
      <Sparkline
        label={t('figures.line')}
        points={hours.map(({ p50 }) => p50)}
        words={(low, high) => t('figures.lineWords', { low: seconds(low), high: seconds(high) })}
        none={t('figures.noWait')}
      />
    </section>
  );
}

const percentOf = (part: number, whole: number): string => ((part / whole) * 100).toFixed(1);
const seconds = (ms: number): string => (ms / 1_000).toFixed(ms < 10_000 ? 2 : 0);

function Figure({ label, value }: { readonly label: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
