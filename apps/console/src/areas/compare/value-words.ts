import type { FieldChange } from '#contracts';
import { amountOf, moneyOf } from '../../shared/money.ts';

type Value = FieldChange['before'];

/**
 * A value of a field as an officer reads it. Null: unknown, which is said as "not provided". Undefined: a list or an entry
 * of one, which has no short form; only what happened to it is said.
 */
export function valueWords(value: Value): string | null | undefined {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return undefined;
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string') ? value.join('、') : undefined;
  const { amount, currency, label } = value;
  if (typeof amount === 'string' && typeof currency === 'string') return moneyOf({ amount, currency });
  if (typeof label === 'object' && label !== null && !Array.isArray(label) && typeof label['zh'] === 'string')
    return label['zh'];
  return undefined;
}

/** The name of the field in a path such as `encumbrances[freeze|…].endsOn`; an entry as a whole is called by its list. */
export function fieldOf(path: string): string {
  const [list = '', rest] = path.split(/\[.*\]/);
  return rest === undefined || rest === '' ? list : rest.replace(/^\./, '');
}

const known: ReadonlySet<string> = new Set([
  ...['balance', 'availableBalance', 'quantity', 'controllableQuantity', 'totalValue', 'controllableValue'],
  ...['status', 'statusCodes', 'rightStatus', 'branchName', 'location', 'certificateNo', 'plateNumber', 'share'],
  ...['amount', 'rank', 'endsOn', 'authority', 'kind', 'encumbrances', 'coRights', 'subAccounts', 'holdings'],
  ...['mortgaged', 'mortgagedFlag', 'seizedFlag', 'physicalControl', 'buildingArea', 'landArea', 'use'],
]);

/** Whether the field has a word of its own; others are called an entry of the register. */
export const isKnownField = (field: string): boolean => known.has(field);

/** +1,234.00 or -1,234.00 of money, the plain number of anything else: a difference always has its sign. */
export function differenceWords({ before, difference }: Pick<FieldChange, 'before' | 'difference'>): string | null {
  if (difference === null) return null;
  const isMoney = typeof before === 'object' && before !== null && !Array.isArray(before) && 'currency' in before;
  const words = isMoney ? amountOf(difference) : difference;
  return words.startsWith('-') ? words : `+${words}`;
}
