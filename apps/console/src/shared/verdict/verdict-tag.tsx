import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { VerdictGlyph } from './verdict-glyph.tsx';
import type { VerdictSeen } from './verdict-seen.ts';

/** Glyph and short words of one verdict, everywhere the same (ux.md §4.1, §4.4). */
export function VerdictTag({ seen }: { readonly seen: VerdictSeen }): ReactElement {
  const words = useVerdictWords();
  return (
    <span className={`verdict-tag verdict-${seen.verdict}`} data-verdict={seen.verdict}>
      <VerdictGlyph verdict={seen.verdict} />
      {words(seen)}
    </span>
  );
}

/** The short words of a verdict: for tags, tooltips and screen readers. The long ones are `wordsOfLine` of the core. */
export function useVerdictWords(): (seen: VerdictSeen) => string {
  const { t } = useTranslation('verdict');
  return (seen) => {
    switch (seen.verdict) {
      case 'found': {
        const words = seen.count === null ? t('found') : t('foundCount', { count: seen.count });
        if (seen.complete === null) return t('unread', { words });
        return seen.complete ? words : t('incomplete', { words });
      }
      case 'nothing':
        if (seen.proof === 'unread') return t('unread', { words: t('nothing') });
        return seen.proof === 'established' ? t('nothing') : t('nothingWeak');
      case 'no-answer': {
        const reason = t(`reason.${seen.reason}`);
        return seen.due ? t('noAnswer', { reason }) : t('notYet', { reason });
      }
      case 'not-asked':
        return seen.cause === null ? t('notAsked') : t('notAskedCause', { cause: t(`cause.${seen.cause}`) });
    }
  };
}
