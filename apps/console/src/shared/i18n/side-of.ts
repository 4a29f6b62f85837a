/** The side of two-language words that the person reads. */
export const sideOf = (words: { readonly zh: string; readonly en: string }, language: string): string =>
  language === 'en' ? words.en : words.zh;
