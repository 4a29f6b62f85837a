import { understandEach } from '#adapter-kit';
import type { Debtor } from '#contracts';
import { filled, readOwnership, type Ownership } from './holders.ts';
import { rightLists, type AllLists, type RightList } from './lists.ts';
import { readRight, type RealEstate } from './rights.ts';
import type { ReadingSettings } from './settings.ts';
import { rightRowSchema, unwantedRightTags, type RightRow } from './wire.ts';

/** What became of one list of rights. */
export interface RightsRead {
  readonly list: RightList;
  readonly kept: readonly { readonly row: RightRow; readonly asset: RealEstate }[];
  readonly notices: readonly { readonly row: RightRow; readonly holders: readonly string[] }[];
  readonly foreign: number; // rows of somebody else
  readonly unreadable: number;
  readonly minimised: number;
}

/** Every row of every list of rights: the debtor's are kept, other people's only counted. */
export function readRights(lists: AllLists, debtor: Debtor, settings: ReadingSettings): readonly RightsRead[] {
  return rightLists.map((list) => readList(list, lists[list.name].rows, { debtor, settings }));
}

interface Reading {
  readonly debtor: Debtor;
  readonly settings: ReadingSettings;
}

function readList(list: RightList, rows: readonly unknown[], { debtor, settings }: Reading): RightsRead {
  const { read, unreadable } = understandEach(rightRowSchema, rows);
  const isNotice = list.rightKind === 'advance-notice';
  const all = read.map((row) => {
    const ownership = readOwnership(row, debtor);
    return { row, ownership, asset: readRight(row, { rightKind: list.rightKind, ownership, settings }) };
  });
  const foreign = all.filter(({ ownership }) => ownership.match === 'other-person').length;
  const kept = all.flatMap(({ row, asset }) => (asset === null ? [] : [{ row, asset }]));
  // A notice without holders still weighs on its unit; any other row without them is one we cannot read.
  const notOurs = all.filter(
    ({ ownership }) => ownership.match === 'other-person' || (isNotice && isUnnamed(ownership)),
  );
  return {
    list,
    kept,
    notices: isNotice ? all.map(({ row, ownership }) => ({ row, holders: holderNames(ownership) })) : [],
    foreign,
    unreadable: unreadable + (all.length - kept.length - notOurs.length) + unreadableHolders(all),
    minimised:
      (isNotice ? 0 : foreign) + sum(kept.map(({ row }) => filled(row.tags, unwantedRightTags))) + contactsOf(all),
  };
}

type Owned = { readonly ownership: Ownership; readonly asset: RealEstate | null };

const isUnnamed = ({ match }: Ownership): boolean => match === 'nobody-named';
const holderNames = ({ coRights }: Ownership): string[] => (coRights ?? []).map(({ holderName }) => holderName);
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** A co-owner who cannot be read is missing from an asset; on another person's right it changes nothing. */
function unreadableHolders(all: readonly Owned[]): number {
  return sum(all.map(({ ownership, asset }) => (asset === null ? 0 : ownership.unreadable)));
}

function contactsOf(all: readonly Owned[]): number {
  return sum(all.map(({ ownership, asset }) => (asset === null ? 0 : ownership.minimised)));
}
