import { useTranslation } from 'react-i18next';
import { sideOf } from './side-of.ts';

/** Words that come in both languages from the core (sentences, reasons), in the one that is read. */
export function useSide(): (words: { readonly zh: string; readonly en: string }) => string {
  const { i18n } = useTranslation('shell');
  return (words) => sideOf(words, i18n.language);
}
