import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseMatrix } from '../../api/generated/types.gen.ts';
import { VerdictGlyph } from '../../shared/verdict/verdict-glyph.tsx';
import { type VerdictSeen, verdictSeen } from '../../shared/verdict/verdict-seen.ts';
import { useVerdictWords } from '../../shared/verdict/verdict-tag.tsx';

type Cell = CaseMatrix['rows'][number]['cells'][number];

/** A day on which the agency was in no plan was not asked about: a dash, never a ring. */
const seenOf = (cell: Cell, at: string): VerdictSeen =>
  cell === null ? { verdict: 'not-asked', cause: null } : verdictSeen(cell, at);

/** A field of the matrix in words: verdict, reason, share where several were asked, and that it was an exercise. */
export function useMatrixWords(): (cell: Cell, at: string) => string {
  const { t } = useTranslation('verdict');
  const words = useVerdictWords();
  return (cell, at) => {
    const share =
      cell === null || cell.asked < 2 ? '' : t('answeredOf', { answered: cell.answered, asked: cell.asked });
    const simulated = cell?.simulated === true ? t('simulated') : '';
    return [words(seenOf(cell, at)), share, simulated].filter((text) => text !== '').join(' · ');
  };
}

/** The sign with how many, or why not, and all of it in words for who does not see it. The ring stands alone. */
export function MatrixMark({ cell, at }: { readonly cell: Cell; readonly at: string }): ReactElement {
  const { t } = useTranslation('verdict');
  const told = useMatrixWords()(cell, at);
  const seen = seenOf(cell, at);
  return (
    <span
      className={`matrix-cell verdict-${seen.verdict}`}
      data-verdict={seen.verdict}
      {...(seen.verdict === 'no-answer' ? { 'data-due': seen.due } : {})}
    >
      <VerdictGlyph verdict={seen.verdict} size={16} />
      <span aria-hidden="true">{shortOf(seen, (reason) => t(`reason.${reason}`))}</span>
      <span className="visually-hidden">{told}</span>
    </span>
  );
}

function shortOf(seen: VerdictSeen, wordOf: (reason: string) => string): string {
  if (seen.verdict === 'found') return seen.count === null ? '' : String(seen.count);
  return seen.verdict === 'no-answer' ? wordOf(seen.reason) : '';
}
