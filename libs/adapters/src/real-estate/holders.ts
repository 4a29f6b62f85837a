import { matchDebtor, readFraction, understandEach } from '#adapter-kit';
import { maskIdentifier, sameName, type CoRight, type Debtor, type Match, type Warning } from '#contracts';
import { holderRowSchema, unwantedHolderTags, type HolderRow, type RightRow } from './wire.ts';

/** Whose a right is: the debtor's, somebody else's, or not said at all. */
export interface Ownership {
  readonly match: Match | 'other-person' | 'nobody-named';
  readonly coRights: CoRight[] | null; // null: no holder is named
  readonly warnings: readonly Warning[];
  readonly unreadable: number; // holder rows that could not be read
  readonly minimised: number; // contact data left out
}

const modes: Readonly<Record<string, CoRight['mode']>> = { '0': 'sole', '1': 'joint', '2': 'by-shares', '3': 'other' };
const holderKinds: Readonly<Record<string, CoRight['holderKind']>> = {
  '1': 'person',
  '2': 'company',
  '3': 'public-institution',
  '4': 'state-organ',
  '99': 'other',
};
const byConfidence = ['strong', 'medium', 'name-only'] as const satisfies readonly Match['confidence'][];

interface Holder {
  readonly match: Match | 'other-person';
  readonly coRight: CoRight | null;
  readonly name: string | null;
  readonly warnings: readonly Warning[];
}

/**
 * Who holds the right, and whether one of them is the debtor. Only a holder row with a number can prove it; names in
 * `gyr` carry no number, so the debtor's name there makes a candidate and no more (domain.md §7.4 M1).
 */
export function readOwnership({ tags, qlrlist }: RightRow, debtor: Debtor): Ownership {
  const { read, unreadable } = understandEach(holderRowSchema, qlrlist ?? []);
  const rows = read.map((row, index) => readHolder(row, { debtor, index, modeOfRight: tags.gyfs ?? null }));
  const known = rows.flatMap(({ name }) => name ?? []);
  const named = namesIn(tags.gyr ?? null)
    .filter((name) => !known.some((other) => sameName(name, other)))
    .map((name) => nameOnly(name, debtor, tags.gyfs ?? null));
  const holders = [...rows, ...named];
  const coRights = holders.flatMap(({ coRight }) => coRight ?? []);
  return {
    match: bestMatch(holders.map(({ match }) => match)),
    coRights: holders.length === 0 ? null : coRights,
    warnings: holders.flatMap(({ warnings }) => warnings),
    unreadable: unreadable + holders.length - coRights.length,
    minimised: read.reduce((sum, row) => sum + filled(row.tags, unwantedHolderTags), 0),
  };
}

/** How many of the named values a row carries. */
export function filled<Tag extends string>(
  tags: Readonly<Partial<Record<Tag, string | null>>>,
  names: readonly Tag[],
): number {
  return names.filter((name) => (tags[name] ?? null) !== null).length;
}

function bestMatch(matches: readonly (Match | 'other-person')[]): Ownership['match'] {
  if (matches.length === 0) return 'nobody-named';
  const agreeing = matches.flatMap((match) => (match === 'other-person' ? [] : [match]));
  const [best] = byConfidence.flatMap((confidence) => agreeing.filter((match) => match.confidence === confidence));
  return best ?? 'other-person';
}

interface HolderContext {
  readonly debtor: Debtor;
  readonly index: number;
  readonly modeOfRight: string | null;
}

function readHolder({ tags }: HolderRow, { debtor, index, modeOfRight }: HolderContext): Holder {
  const name = tags.qlrmc ?? null;
  const idNumber = tags.qlrzjh ?? null;
  const share = readFraction(tags.qlbl, `coRights.${index}.share`);
  const match = name === null && idNumber === null ? 'other-person' : matchDebtor(debtor, { name, idNumber });
  const coRight: CoRight | null =
    name === null
      ? null
      : {
          holderName: name,
          holderIdMasked: idNumber === null ? null : maskIdentifier(idNumber),
          holderKind: known(holderKinds, tags.qlrlx ?? null),
          isDebtor: provesDebtor(match),
          share: share.value,
          mode: known(modes, tags.gyfs ?? modeOfRight),
          rightKind: 'co-ownership',
          holdsCertificate: yesOrNo(tags.sfczr ?? null),
          amount: null,
          sequence: wholeNumber(tags.sxh ?? null),
        };
  return { match, coRight, name, warnings: share.warnings };
}

function nameOnly(name: string, debtor: Debtor, mode: string | null): Holder {
  const coRight: CoRight = {
    holderName: name,
    holderIdMasked: null,
    holderKind: null,
    isDebtor: false, // by identifier, never by name alone
    share: null,
    mode: known(modes, mode),
    rightKind: 'co-ownership',
    holdsCertificate: null,
    amount: null,
    sequence: null,
  };
  return { match: matchDebtor(debtor, { name, idNumber: null }), coRight, name, warnings: [] };
}

function provesDebtor(match: Match | 'other-person'): boolean {
  return match !== 'other-person' && match.confidence !== 'name-only';
}

function namesIn(text: string | null): string[] {
  const names = (text ?? '').split(/[,，、;；]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

function known<Value>(table: Readonly<Record<string, Value>>, code: string | null): Value | 'other' | null {
  if (code === null) return null;
  return Object.hasOwn(table, code) ? (table[code] ?? null) : 'other';
}

/** 1 yes, 0 no; anything else says nothing. */
export function yesOrNo(text: string | null): boolean | null {
  return text === '1' ? true : text === '0' ? false : null;
}

/** Up to nine digits, as running numbers have; null for anything else. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
