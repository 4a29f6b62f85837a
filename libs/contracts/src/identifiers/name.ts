/**
 * The form in which two names are compared: NFC, trimmed, full-width ASCII (brackets of company names among it) to
 * half-width. Never shown and never sent: those keep the name as typed (domain.md §7.1).
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .normalize('NFC')
    .trim();
}

/** Whether two names agree once normalised. An empty name agrees with nothing, not even with another empty one. */
export function sameName(a: string, b: string): boolean {
  const normalised = normaliseName(a);
  return normalised !== '' && normalised === normaliseName(b);
}

/** One rare character (生僻字) with its code point, such as `U+20BB7`. */
export type RareCharacter = { readonly character: string; readonly label: string };

/**
 * Characters of a name as typed that many systems cannot carry or draw: code points beyond the BMP and those of CJK
 * Extension A. Each once, in the order of the name.
 */
export function rareCharacters(name: string): RareCharacter[] {
  const rare = Array.from(name).filter((character) => /[\u3400-\u4DBF\u{10000}-\u{10FFFF}]/u.test(character));
  return [...new Set(rare)].map((character) => ({ character, label: codePointLabel(character) }));
}

function codePointLabel(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
