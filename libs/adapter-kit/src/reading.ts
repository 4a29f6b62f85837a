import type { Warning } from '#contracts';

/** A value as read from the wire: unknown is null, and what a person should know about it is a warning. */
export interface Read<T> {
  readonly value: T | null;
  readonly warnings: readonly Warning[];
}

const longestRaw = 2_000;

export function readAs<T>(value: T | null): Read<T> {
  return { value, warnings: [] };
}

/** Nothing could be read: the agency's own text goes into the warning, so that it is not lost. */
export function unread<T>(code: Warning['code'], path: string, raw: string | null): Read<T> {
  return { value: null, warnings: [{ code, path, raw: raw === null ? null : raw.slice(0, longestRaw) }] };
}

/** What a field says, with full-width digits and signs folded; null when it says nothing: absent, empty, or a dash. */
export function saidText(text: string | null | undefined): string | null {
  const folded = (text ?? '').normalize('NFKC').trim();
  return /^[-—–]*$/.test(folded) ? null : folded;
}
