import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyOf } from '../../shared/money.ts';
import type { ShownReport } from './shown-report.ts';

/** Sums per currency, with ≥ until coverage is full; the claim stands beside them, valuations never inside. */
export function Totals({ report }: { readonly report: ShownReport }): ReactElement {
  const { t } = useTranslation(['report', 'verdict']);
  const { totalsByCurrency, assetsNeedingReview } = report.summary;
  const { claimOutstanding } = report.legal;
  const { answered, asked } = report.coverage.counts;
  const sum = (amount: string, currency: string, atLeast: boolean) =>
    `${atLeast ? '≥ ' : ''}${moneyOf({ amount, currency })}`;
  return (
    <section className="panel" aria-label={t('report:totals.title')}>
      <h2>{t('report:totals.title')}</h2>
      {totalsByCurrency.length === 0 ? (
        <p>{t('report:totals.none', { answered, asked })}</p>
      ) : (
        <dl className="totals">
          {totalsByCurrency.map(({ currency, balance, available, alreadyFrozen, atLeast }) => (
            <div key={currency} data-total={currency}>
              <dt>{t('report:totals.balance', { currency })}</dt>
              <dd className="total-amount">{sum(balance, currency, atLeast)}</dd>
              <dd>{t('report:totals.available', { sum: sum(available, currency, atLeast) })}</dd>
              <dd>{t('report:totals.frozen', { sum: sum(alreadyFrozen, currency, atLeast) })}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="when">{t('verdict:answeredOf', { answered, asked })}</p>
      {claimOutstanding !== null && <p>{t('report:totals.claim', { sum: moneyOf(claimOutstanding) })}</p>}
      {assetsNeedingReview > 0 && <p>{t('report:totals.inReview', { count: assetsNeedingReview })}</p>}
    </section>
  );
}
