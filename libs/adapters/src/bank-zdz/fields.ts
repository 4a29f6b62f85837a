import { codeFrom, money, readCurrency, readDate, readDecimal, readWhen, type Read } from '#adapter-kit';
import type { Code, Money, Warning } from '#contracts';
import type { CodeTable } from './dialect.ts';
import type { List, Row } from './wire.ts';

/** Reads the values of one record. What a person should know about a value goes into the warnings handed in. */
export interface Fields {
  text(tag: string): string | null;
  integer(tag: string): number | null;
  date(tag: string, name: string): string | null;
  when(tag: string, name: string): string | null;
  decimal(tag: string, name: string): string | null;
  currency(name: string): string | null;
  money(tag: string, name: string, currency: string | null): Money | null;
  code<Value extends string>(tag: string, name: string, table: CodeTable<Value>): Code<Value | 'other'> | null;
  /** One of few words; another word is unknown and warned about. */
  word<Value>(tag: string, name: string, words: Readonly<Record<string, Value>>): Value | null;
}

interface Place {
  readonly at: string; // path of the asset's part, such as `holdings[0].`
  readonly warnings: Warning[];
  readonly currencyDefault: string | null;
}

const longestText = 2_000;

export const textOf = (row: Row, tag: string): string | null => row.values.get(tag)?.slice(0, longestText) || null;

export function fieldsOf(row: Row, { at, warnings, currencyDefault }: Place): Fields {
  const text = (tag: string): string | null => textOf(row, tag);
  const taken = <T>({ value, warnings: own }: Read<T>): T | null => {
    warnings.push(...own);
    return value;
  };
  const unknownCode = (raw: string, name: string): void => {
    warnings.push({ code: 'code-unknown', path: at + name, raw });
  };
  const decimal = (tag: string, name: string): string | null => taken(readDecimal(text(tag), at + name));
  return {
    text,
    decimal,
    integer: (tag) => (/^\d{1,9}$/.test(text(tag) ?? '') ? Number(text(tag)) : null),
    date: (tag, name) => taken(readDate(text(tag), at + name)),
    when: (tag, name) => taken(readWhen(text(tag), at + name, '+08:00')),
    currency: (name) => taken(readCurrency(text('BZ'), at + name, currencyDefault)),
    money: (tag, name, currency) => {
      const amount = decimal(tag, name);
      // Without a currency the amount is in no sum, but whoever reads the report still sees what the bank wrote.
      if (amount !== null && currency === null)
        warnings.push({ code: 'currency-missing', path: at + name, raw: amount });
      return money(amount, currency);
    },
    code: (tag, name, { table, labels }) => {
      const raw = text(tag);
      const isNumber = /^\d+$/.test(raw ?? '');
      const code = codeFrom(table, labels, isNumber ? { code: raw } : { label: raw });
      if (code?.code === 'other' && raw !== null) unknownCode(raw, name);
      return code;
    },
    word: (tag, name, words) => {
      const raw = text(tag);
      if (raw === null) return null;
      const known = Object.hasOwn(words, raw) ? words[raw] : undefined;
      if (known === undefined) unknownCode(raw, name);
      return known ?? null;
    },
  };
}

/** One list inside an account. `items` is null when the list was not delivered, or when none of its rows can be read. */
export interface Part<T> {
  readonly items: T[] | null;
  readonly unreadable: number;
  readonly isWhole: boolean; // delivered, and every row of it read
}

interface PartPlace {
  readonly name: string; // field of the asset
  readonly most: number; // rows that an asset may carry
  readonly warnings: Warning[];
}

/** Reads a list row by row: one that cannot be read is counted and warned about, the others stay (R12). */
export function partOf<T>(
  list: List | undefined,
  { name, most, warnings }: PartPlace,
  read: (row: Row, at: string) => T | null,
): Part<T> {
  if (list === undefined) return { items: null, unreadable: 0, isWhole: false };
  const items: T[] = [];
  let unreadable = list.strays + Math.max(0, list.rows.length - most);
  for (const [index, row] of list.rows.slice(0, most).entries()) {
    const item = row.undecodable.length > 0 || row.strays > 0 ? null : read(row, `${name}[${index}].`);
    if (item !== null) items.push(item);
    else {
      unreadable += 1;
      warnings.push({ code: 'row-unreadable', path: `${name}[${index}]`, raw: null });
    }
  }
  const isLost = items.length === 0 && unreadable > 0;
  return { items: isLost ? null : items, unreadable, isWhole: unreadable === 0 };
}
