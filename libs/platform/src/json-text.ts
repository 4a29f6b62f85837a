/** A text that should be JSON, or that it is none: a value of its own, so that nothing is taken for an empty document. */
export type JsonText = { readonly outcome: 'read'; readonly value: unknown } | { readonly outcome: 'not-json' };

export function readJson(text: string): JsonText {
  try {
    return { outcome: 'read', value: JSON.parse(text) };
  } catch {
    return { outcome: 'not-json' };
  }
}
