const invisible = /[\s\p{Cf}]/gu; // white space, and the marks that copying from a web page or a spreadsheet adds
const dashes = /[\p{Pd}\u2212]/gu;

/**
 * Full-width to half-width (NFKC), ASCII letters in upper case, white space and invisible marks removed.
 *
 * Only ASCII letters are raised: `ß` would become two letters and change the length of a number.
 */
export function foldText(text: string): string {
  const narrow = text.normalize('NFKC').replace(invisible, '');
  const raised = narrow.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  return raised.normalize('NFKC'); // what was apart until now may compose; folding twice gives the same text
}

/** `foldText` for numbers that people group with hyphens: every kind of dash is removed as well. */
export function foldCode(text: string): string {
  return foldText(foldText(text).replace(dashes, ''));
}
