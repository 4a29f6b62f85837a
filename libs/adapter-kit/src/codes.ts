import type { Code } from '#contracts';

interface Label {
  readonly zh: string;
  readonly en: string;
}

/** A raw code, a raw label, or both, as the agency wrote them. */
interface Raw {
  readonly code?: string | null;
  readonly label?: string | null;
}

const longestRaw = 2_000;

/**
 * Our code beside the raw one. `table` maps raw codes and raw labels; what it does not know becomes `other` and stays
 * visible in `rawCode` and `rawLabel`. Null when the agency wrote neither.
 */
export function codeFrom<Value extends string>(
  table: Readonly<Record<string, Value | 'other'>>,
  labels: Readonly<Record<Value | 'other', Label>>,
  raw: Raw,
): Code<Value | 'other'> | null {
  const rawCode = rawText(raw.code);
  const rawLabel = rawText(raw.label);
  if (rawCode === null && rawLabel === null) return null;
  const code = lookUp(table, rawCode) ?? lookUp(table, rawLabel) ?? 'other';
  const { zh, en } = labels[code];
  return { code, label: { zh, en }, rawCode, rawLabel };
}

function rawText(text: string | null | undefined): string | null {
  return text?.trim().slice(0, longestRaw) || null;
}

function lookUp<Value>(table: Readonly<Record<string, Value>>, raw: string | null): Value | undefined {
  return raw !== null && Object.hasOwn(table, raw) ? table[raw] : undefined;
}
