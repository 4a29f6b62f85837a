import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { VerdictGlyph } from '../../shared/verdict/verdict-glyph.tsx';
import type { Tally } from './progress-state.ts';
import './live.css';

const parts = ['found', 'nothing', 'no-answer'] as const;

/** Solid, outlined, hatched: what was found, what was answered with nothing, and who has not answered (ux.md §4.3). */
export function ProgressBar({ tally }: { readonly tally: Tally }): ReactElement {
  const { t } = useTranslation('verdict');
  const counts = { found: tally.found, nothing: tally.nothing, 'no-answer': tally.noAnswer };
  return (
    <div className="progress">
      <div className="progress-bar" aria-hidden="true">
        {parts.map(
          (part) =>
            counts[part] > 0 && <div key={part} className={`progress-${part}`} style={{ flexGrow: counts[part] }} />,
        )}
      </div>
      <ul className="progress-legend">
        {parts.map((part) => (
          <li key={part} className={`verdict-${part}`} data-count={part}>
            <VerdictGlyph verdict={part} /> {t(`column.${part}`)} <strong>{counts[part]}</strong>
          </li>
        ))}
        <li className="verdict-not-asked" data-count="not-asked">
          <VerdictGlyph verdict="not-asked" /> {t('column.not-asked')} <strong>{tally.notAsked}</strong>
        </li>
      </ul>
    </div>
  );
}
