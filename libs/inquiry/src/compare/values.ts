import type { ChangeCode, FieldChange } from '#contracts';
import { exact } from '../amounts.ts';
import { isUnknown } from '../conflicts.ts';
import { sameMeaning, type Json } from '../same-meaning.ts';

/** A field of an asset, an encumbrance or an entry of a list, as both reports have it. */
export interface FieldPair {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/** A change of one field; null when it says the same. Unknown before or after is never a change of the thing itself. */
export function changeOf({ path, before, after }: FieldPair, code: ChangeCode): FieldChange | null {
  const [wasKnown, isKnown] = [!isUnknown(before), !isUnknown(after)];
  if (!wasKnown && !isKnown) return null;
  const told = { path, before, after, difference: null };
  if (!wasKnown) return { ...told, code: 'value-established' };
  if (!isKnown) return { ...told, code: 'value-not-given' };
  if (sameMeaning(before, after, path.slice(path.lastIndexOf('.') + 1))) return null;
  return { ...told, code };
}

/** The same for an amount of money or a number: up or down, and by how much. Two currencies have no difference. */
export function valueChangeOf(pair: FieldPair): FieldChange | null {
  const change = changeOf(pair, 'details-changed');
  if (change?.code !== 'details-changed') return change;
  const [from, to] = [amountOf(pair.before), amountOf(pair.after)];
  if (from === null || to === null || from.unit !== to.unit) return change;
  const difference = exact(to.amount).minus(from.amount);
  if (difference.isZero()) return null;
  return { ...change, code: difference.isNegative() ? 'value-down' : 'value-up', difference: difference.toFixed() };
}

function amountOf(value: Json): { readonly amount: string; readonly unit: string } | null {
  if (typeof value === 'string') return { amount: value, unit: '' };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { amount, currency } = value;
  return typeof amount === 'string' && typeof currency === 'string' ? { amount, unit: currency } : null;
}
