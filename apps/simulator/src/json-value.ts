export type JsonRecord = Readonly<Record<string, unknown>>;

export type JsonReading = { readonly isJson: true; readonly value: unknown } | { readonly isJson: false };

export function readJson(text: string): JsonReading {
  try {
    const value: unknown = JSON.parse(text);
    return { isJson: true, value };
  } catch (error) {
    if (error instanceof SyntaxError) return notJson;
    throw error;
  }
}

const notJson: JsonReading = { isJson: false };

const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under these keys; null when there is none on the way. */
export function recordAt(value: unknown, ...keys: readonly string[]): JsonRecord | null {
  let here: unknown = value;
  for (const key of keys) here = isRecord(here) ? here[key] : undefined;
  return isRecord(here) ? here : null;
}

/** The text under this key; a number is taken as it is written; null when there is neither. */
export function textAt(record: JsonRecord | null, key: string): string | null {
  const value = record?.[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}
