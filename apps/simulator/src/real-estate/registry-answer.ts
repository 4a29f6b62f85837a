import type { Agency } from '#contracts';
import { holdingsOf } from '../world/holdings.ts';
import { registeredName } from '../world/person.ts';
import type { Scenario } from '../world/scenario.ts';
import { emptyLists, rightLists, type Lists, type Row } from './right-lists.ts';

export interface RegistryQuestion {
  readonly seed: number;
  readonly agency: Agency;
  readonly name: string;
  readonly idNumber: string;
}

/** What the register holds: a person must match by name and number, and all holders of a unit are told (real-estate.md §1.1). */
export function registryLists({ seed, agency, name, idNumber }: RegistryQuestion, scenario: Scenario): Lists {
  if (scenario === 'failure-told-as-nothing' || registeredName(idNumber) !== name) return emptyLists();
  return rightLists(holdingsOf({ seed, debtor: { idNumber }, agency }).units, scenario);
}

const renamed: ReadonlySet<string> = new Set(['fdcq', 'jsydsyq', 'hysyq', 'gjzwsyq', 'lq', 'cfdj']);

/** The lists as they are written: some scenarios leave lists out or write their names in another way. */
export function writtenLists(lists: Lists, scenario: Scenario): Readonly<Record<string, readonly Row[]>> {
  const all = Object.entries(lists);
  switch (scenario) {
    case 'nothing-lookalike':
      return { tdsyq: [], ygdj: [], yydj: [] };
    case 'half-answer':
      return Object.fromEntries(all.filter(([list]) => !['dyaq', 'cfdj', 'ygdj'].includes(list)));
    case 'renamed-field':
      return Object.fromEntries(all.map(([list, rows]) => [renamed.has(list) ? `${list}xx` : list, rows]));
    case 'wrong-case-tag':
      return Object.fromEntries(all.map(([list, rows]) => [list.toUpperCase(), rows]));
    default:
      return lists;
  }
}
