export interface PackRange {
  readonly from: number;
  /** Null: as far as the ledger goes when the pack is made. */
  readonly to: number | null;
}

const placeOf = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text.trim()) ? Number(text.trim()) : null);

/** What was typed, or which of the two fields is wrong. An empty end is no fault, and no number is made up for any other. */
export function rangeOf(from: string, to: string): PackRange | { readonly wrong: 'from' | 'to' } {
  const first = placeOf(from);
  if (first === null) return { wrong: 'from' };
  if (to.trim() === '') return { from: first, to: null };
  const last = placeOf(to);
  return last === null || last < first ? { wrong: 'to' } : { from: first, to: last };
}
