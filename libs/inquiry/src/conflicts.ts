import type { CoRight, Encumbrance, FoundAsset, Provenance, SubAccount, Holding } from '#contracts';
import { asOfMention } from './authority-order.ts';
import { compareCodePoints } from './code-points.ts';
import type { Mention } from './mentions.ts';
import { sameMeaning, type Json } from './same-meaning.ts';

type Conflict = Provenance['conflicts'][number];

/** Fields that differ without contradicting: names and dates of a mention, and what is derived from another field. */
const notCompared: ReadonlySet<string> = new Set([
  'kind',
  'agencyRecordId',
  'accountSequence',
  'accountNumberMasked',
  'asOf',
  'asOfKind',
  'balanceAsOf',
  'match',
  'warnings',
  'transactions',
  'vinCheck',
  'unitCodeValid',
]);
const listFields: ReadonlySet<string> = new Set(['encumbrances', 'coRights', 'subAccounts', 'holdings']);
const setByUs: ReadonlySet<string> = new Set(['isOwnCase', 'rank', 'rankBasis', 'sequence']);

/** Values that say "not known" without being null. */
export const isUnknown = (value: unknown): boolean =>
  value === null || value === 'unknown' || value === 'not-applicable';

/**
 * Different known values for one path among the mentions of one asset, the most authoritative first (report.md §9.4).
 * Lists are compared entry by entry; what only a less authoritative list has is named alone: it may have been lifted.
 */
export function conflictsAmong(mentions: readonly Mention[]): Conflict[] {
  const [winner] = mentions;
  if (winner === undefined || mentions.length < 2) return [];
  const found = new Map<string, Conflict>();
  for (const field of Object.keys(winner.asset)) {
    if (notCompared.has(field)) continue;
    if (listFields.has(field)) compareLists(field, mentions, found);
    else
      compareValues(
        field,
        mentions.map((mention) => [mention, valueOf(mention.asset, field)]),
        found,
      );
  }
  return [...found.values()].toSorted((a, b) => compareCodePoints(a.path, b.path));
}

type Said = readonly [Mention, Json];

function compareValues(path: string, said: readonly Said[], found: Map<string, Conflict>): void {
  const field = path.slice(path.lastIndexOf('.') + 1);
  const known = said.filter(([, value]) => !isUnknown(value));
  const distinct: Said[] = [];
  for (const each of known) {
    if (!distinct.some(([, value]) => sameMeaning(value, each[1], field))) distinct.push(each);
  }
  if (distinct.length > 1) found.set(path, { path, values: distinct.map(valueSaid) });
}

function compareLists(field: string, mentions: readonly Mention[], found: Map<string, Conflict>): void {
  const lists = mentions
    .map((mention) => ({ mention, entries: entriesOf(mention.asset, field) }))
    .filter((each) => each.entries !== null);
  const [winner, ...others] = lists;
  if (winner?.entries == null) return;
  for (const { mention, entries } of others) {
    for (const [key, entry] of entries ?? []) {
      const path = `${field}[${key}]`;
      const own = winner.entries.get(key);
      if (own === undefined) addAlone(path, [mention, entry], found);
      else compareEntries(path, [winner.mention, own], [mention, entry], found);
    }
  }
}

function addAlone(path: string, said: Said, found: Map<string, Conflict>): void {
  const before = found.get(path)?.values ?? [];
  if (!before.some(({ value }) => sameMeaning(value, said[1], path))) {
    found.set(path, { path, values: [...before, valueSaid(said)] });
  }
}

// oxlint-disable-next-line max-params -- the two sides of one comparison, where it stands, and where it goes
function compareEntries(path: string, own: Said, other: Said, found: Map<string, Conflict>): void {
  const [, ownEntry] = own;
  const [, otherEntry] = other;
  for (const field of Object.keys(ownEntry ?? {})) {
    if (setByUs.has(field)) continue;
    compareValues(
      `${path}.${field}`,
      [
        [own[0], valueOf(ownEntry, field)],
        [other[0], valueOf(otherEntry, field)],
      ],
      found,
    );
  }
}

const valueSaid = ([mention, value]: Said): Conflict['values'][number] => ({
  value,
  answerId: mention.answer.answerId,
  asOf: asOfMention(mention),
});

/** Entries of a list by their key inside one asset (report.md §9.2); by position where nothing else names them. */
function entriesOf(asset: FoundAsset, field: string): ReadonlyMap<string, Json> | null {
  const keyed = keyedEntries(asset, field);
  return keyed === null ? null : new Map(keyed.map(([key, entry], at) => [key ?? `${at}`, entry]));
}

function keyedEntries(asset: FoundAsset, field: string): readonly (readonly [string | null, Json])[] | null {
  if (field === 'encumbrances') return asset.encumbrances?.map((each) => [encumbranceKey(each), each]) ?? null;
  if (field === 'coRights') return asset.coRights?.map((each) => [coRightKey(each), each]) ?? null;
  if (asset.kind !== 'deposit-account') return null;
  if (field === 'subAccounts') return asset.subAccounts?.map((each) => [subAccountKey(each), each]) ?? null;
  return asset.holdings?.map((each) => [holdingKey(each), each]) ?? null;
}

const encumbranceKey = ({ kind, authority, documentNumber, startsOn }: Encumbrance): string | null =>
  authority === null && documentNumber === null && startsOn === null
    ? null
    : [kind, authority, documentNumber, startsOn].map((part) => part ?? '').join('|');

const coRightKey = ({ rightKind, holderIdMasked, holderName, sequence }: CoRight): string =>
  holderIdMasked === null ? `${rightKind}|${holderName}|${sequence ?? ''}` : `${rightKind}|${holderIdMasked}`;

const subAccountKey = ({ number, currency }: SubAccount): string =>
  currency === null ? number : `${number}|${currency}`;

const holdingKey = ({ productCode, productName, sequence }: Holding): string =>
  `${productCode ?? productName}|${sequence ?? ''}`;

/** A field by name. Every key of the schema is present; one that is not is unknown. */
function valueOf(from: Json | FoundAsset, field: string): Json {
  if (typeof from !== 'object' || from === null || Array.isArray(from)) return null;
  const fields: { readonly [key: string]: Json } = from;
  return fields[field] ?? null;
}
