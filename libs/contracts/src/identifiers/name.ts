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
