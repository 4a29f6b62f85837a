import type { Reason, SectionName } from '#contracts';
import type { RealEstate } from './rights.ts';
import type { Lists } from './wire.ts';

/** Lists of rights that can be an asset of the debtor (real-estate.md, mapping of the feedback). */
export const rightLists = [
  { name: 'tdsyq', rightKind: 'land-ownership', section: 'land-ownership' },
  { name: 'jsydsyq', rightKind: 'land-use', section: 'land-use' },
  { name: 'fdcq', rightKind: 'house', section: 'house' },
  { name: 'hysyq', rightKind: 'sea-use', section: 'sea-use' },
  { name: 'gjzwsyq', rightKind: 'structure', section: 'structure' },
  { name: 'lq', rightKind: 'forest', section: 'forest' },
  { name: 'ygdj', rightKind: 'advance-notice', section: 'advance-notice' },
  { name: 'nydsyq', rightKind: 'farm-land', section: null },
] as const satisfies readonly RightList[];

export interface RightList {
  readonly name: ListName;
  readonly rightKind: RealEstate['rightKind'];
  readonly section: SectionName | null; // 农用地使用权 is a list beside the nine and has no section
}

/** The nine lists of the court's specification; an answer is whole only with all of them. */
const nine = ['tdsyq', 'jsydsyq', 'fdcq', 'hysyq', 'gjzwsyq', 'lq', 'dyaq', 'ygdj', 'cfdj'] as const;
const names = [...nine, 'nydsyq', 'yydj'] as const;
export type ListName = (typeof names)[number];

/** One list of an answer; `missing` says why it, or a part of it, was not delivered. */
export interface List {
  readonly rows: readonly unknown[];
  readonly missing: Reason | null;
}

export type AllLists = Readonly<Record<ListName, List>>;

interface Gathering {
  /** `each`: a list that one part leaves out is missing. `any`: parts are pages, and one page may not need a list. */
  readonly presence: 'each' | 'any';
  readonly missingListMeansEmpty: boolean;
  readonly whole: boolean; // false: a page is lost, and with it rows of any list
}

/** The lists of all parts of an answer (entries or pages) put together, repeated rows once. */
export function gatherLists(parts: readonly Lists[], gathering: Gathering): AllLists {
  const { missingListMeansEmpty, whole } = gathering;
  const isSpoken = nine.some((name) => parts.some((part) => Array.isArray(part[name])));
  const settled = (name: ListName): List => {
    const isAbsent = parts.every((part) => part[name] === undefined);
    if (missingListMeansEmpty && isSpoken && isAbsent && whole) return { rows: [], missing: null };
    return gather(parts, name, gathering);
  };
  return {
    tdsyq: settled('tdsyq'),
    jsydsyq: settled('jsydsyq'),
    fdcq: settled('fdcq'),
    hysyq: settled('hysyq'),
    gjzwsyq: settled('gjzwsyq'),
    lq: settled('lq'),
    dyaq: settled('dyaq'),
    ygdj: settled('ygdj'),
    cfdj: settled('cfdj'),
    nydsyq: settled('nydsyq'),
    yydj: settled('yydj'),
  };
}

/** Whether all nine lists were delivered whole, in whatever fill. */
export function hasNine(lists: AllLists): boolean {
  return nine.every((name) => lists[name].missing === null);
}

/** How many rows of any kind the parts carry: what the city's total counts. */
export function countRows(part: Lists): number {
  return names.reduce((sum, name) => sum + rowsOf(part[name]).length, 0);
}

function gather(parts: readonly Lists[], name: ListName, { presence, whole }: Gathering): List {
  const values = parts.map((part) => part[name]);
  const isBroken = values.some((value) => value !== undefined && value !== null && !Array.isArray(value));
  const delivered = values.filter((value) => Array.isArray(value)).length;
  const isDelivered = whole && delivered > 0 && (presence === 'any' || delivered === parts.length);
  const rows = distinct(values.flatMap(rowsOf));
  return { rows, missing: isBroken ? 'unintelligible' : isDelivered ? null : 'incomplete' };
}

function rowsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function distinct(rows: readonly unknown[]): unknown[] {
  const seen = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return [...seen.values()];
}
