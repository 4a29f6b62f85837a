import { checkPlate, normaliseName } from '#contracts';
import { compareWhen } from './moments.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const decimal = /^-?\d+(?:\.\d+)?$/;
const instant = /^\d{4}-\d\d-\d\dT/;

/** Whether two values mean the same (report.md §9.4): 88.16 = 88.1600, 京A·00000 = 京A00000. */
export function sameMeaning(a: Json, b: Json, path: string): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return sameText(a, b, path);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, at) => sameMeaning(each, b[at] ?? null, path));
  }
  return isRecord(a) && isRecord(b) && sameRecord(a, b, path);
}

function sameText(a: string, b: string, path: string): boolean {
  if (decimal.test(a) && decimal.test(b)) return plain(a) === plain(b);
  if (instant.test(a) && instant.test(b)) return compareWhen(a, b) === 0;
  return path === 'plateNumber' ? foldPlate(a) === foldPlate(b) : foldWords(a) === foldWords(b);
}

function sameRecord(a: { [key: string]: Json }, b: { [key: string]: Json }, path: string): boolean {
  // Codes are compared as ours; raw labels of two agencies differ without meaning anything, unless we have no code.
  const keys =
    'rawCode' in a ? (a['code'] === 'other' ? ['code', 'rawCode', 'rawLabel'] : ['code']) : Object.keys({ ...a, ...b });
  return keys.every((key) => sameMeaning(a[key] ?? null, b[key] ?? null, path));
}

const isRecord = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A decimal without the zeros that say nothing. Leading zeros stay: account numbers have them. */
const plain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const foldWords = (text: string): string =>
  normaliseName(text)
    .normalize('NFKC')
    .replace(/[\s·•・‧]/gu, '')
    .toUpperCase();

/** A plate number in the form in which plates are compared; null for an empty one. */
export function foldPlate(plate: string): string | null {
  const check = checkPlate(plate);
  return check.outcome === 'accepted' ? check.normalised : null;
}
