import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { VerdictGlyph } from '../../shared/verdict/verdict-glyph.tsx';
import type { ShownReport } from './shown-report.ts';

const parts = ['found', 'nothing', 'no-answer', 'not-asked'] as const;

/** Four figures with their signs, and per category answered of asked. */
export function CoverageStrip({ coverage }: { readonly coverage: ShownReport['coverage'] }): ReactElement {
  const { t } = useTranslation(['report', 'verdict']);
  const { found, nothing, noAnswer, notAsked } = coverage.counts;
  const counts = { found, nothing, 'no-answer': noAnswer, 'not-asked': notAsked };
  return (
    <section className="panel" aria-label={t('report:coverage')}>
      <ul className="coverage-strip">
        {parts.map((part) => (
          <li key={part} className={`verdict-${part}`} data-count={part}>
            <VerdictGlyph verdict={part} size={18} />
            <span className="coverage-count">{counts[part]}</span>
            {t(`verdict:column.${part}`)}
          </li>
        ))}
      </ul>
      <ul className="coverage-categories">
        {Object.entries(coverage.byCategory).map(([category, each]) => (
          <li key={category} data-category={category} data-verdict={each.verdict}>
            <VerdictGlyph verdict={each.verdict} /> {t(`verdict:category.${category}`)}{' '}
            {t('verdict:answeredOf', { answered: each.answered, asked: each.asked })}
            {each.noAnswer > 0 && ` · ${t('verdict:unanswered', { count: each.noAnswer })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
