import type { Asset, ChangeCode, CoRight, FieldChange } from '#contracts';
import { compareCodePoints } from '../code-points.ts';
import type { Json } from '../same-meaning.ts';
import { encumbranceChanges, type Moments } from './encumbrance-changes.ts';
import { changeOf, valueChangeOf } from './values.ts';

/** Ids, hashes, times of receipt, and what is derived from another field: no change of the asset (report.md §11.3). */
const notCompared: ReadonlySet<string> = new Set([
  ...['kind', 'assetId', 'assetKey', 'provenance', 'match', 'warnings', 'accountSequence', 'accountNumberMasked'],
  ...[
    'balanceAsOf',
    'transactions',
    'vinCheck',
    'unitCodeValid',
    'encumbrances',
    'coRights',
    'subAccounts',
    'holdings',
  ],
]);
const values: ReadonlySet<string> = new Set([
  ...['balance', 'availableBalance', 'quantity', 'controllableQuantity', 'totalValue', 'controllableValue'],
]);
const statuses: ReadonlySet<string> = new Set([
  ...['status', 'rightStatus', 'disputed', 'mortgaged', 'mortgagedFlag', 'seizedFlag', 'physicalControl'],
]);

/** What differs between two reports of one asset, by field; empty when it is unchanged. */
export function assetChanges(before: Asset, after: Asset, moments: Moments): FieldChange[] {
  return [
    ...fieldChanges('', before, after),
    ...statusLetterChanges(before, after),
    ...entryChanges('subAccounts', entriesOf(before, 'subAccounts'), entriesOf(after, 'subAccounts')),
    ...entryChanges('holdings', entriesOf(before, 'holdings'), entriesOf(after, 'holdings')),
    ...coRightChanges(before.coRights, after.coRights),
    ...encumbranceChanges(before.encumbrances, after.encumbrances, moments),
  ].toSorted((a, b) => compareCodePoints(a.path, b.path) || compareCodePoints(a.code, b.code));
}

function fieldChanges(under: string, before: object, after: object): FieldChange[] {
  const [was, is] = [new Map<string, Json>(Object.entries(before)), new Map<string, Json>(Object.entries(after))];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    if (notCompared.has(field) || field === 'statusCodes' || field === 'sequence') return [];
    const pair = { path: `${under}${field}`, before: was.get(field) ?? null, after: is.get(field) ?? null };
    const code: ChangeCode = statuses.has(field) ? 'status-changed' : 'details-changed';
    const change = values.has(field) ? valueChangeOf(pair) : changeOf(pair, code);
    return change === null ? [] : [change];
  });
}

/** The letters of a vehicle's status; their order says nothing. */
function statusLetterChanges(before: Asset, after: Asset): FieldChange[] {
  if (before.kind !== 'vehicle' || after.kind !== 'vehicle') return [];
  const letters = ({ statusCodes }: typeof before): string[] | null =>
    statusCodes
      ?.map(({ code, rawCode }) => (code === 'other' ? `other ${rawCode ?? ''}` : code))
      .toSorted(compareCodePoints) ?? null;
  const change = changeOf({ path: 'statusCodes', before: letters(before), after: letters(after) }, 'status-changed');
  return change === null ? [] : [change];
}

type Entries = ReadonlyMap<string, object> | null;

function entriesOf(asset: Asset, list: 'subAccounts' | 'holdings'): Entries {
  if (asset.kind !== 'deposit-account') return null;
  if (list === 'subAccounts') {
    return (
      asset.subAccounts && new Map(asset.subAccounts.map((each) => [`${each.number}|${each.currency ?? ''}`, each]))
    );
  }
  return (
    asset.holdings &&
    new Map(asset.holdings.map((each) => [`${each.productCode ?? each.productName}|${each.sequence ?? ''}`, each]))
  );
}

/** Sub-accounts and products: entries by their key, a list that is not reported is unknown. */
function entryChanges(path: string, before: Entries, after: Entries): FieldChange[] {
  if (before === null && after === null) return [];
  if (before === null || after === null) {
    const told = { path, before: before && before.size, after: after && after.size, difference: null };
    return [{ ...told, code: before === null ? 'value-established' : 'value-not-given' }];
  }
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): FieldChange[] => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was !== undefined && is !== undefined) return fieldChanges(`${path}[${key}].`, was, is);
    const told = { path: `${path}[${key}]`, before: was !== undefined, after: is !== undefined, difference: null };
    return [{ ...told, code: 'details-changed' }];
  });
}

type CoRights = readonly CoRight[] | null;

function coRightChanges(before: CoRights, after: CoRights): FieldChange[] {
  if (before === null && after === null) return [];
  if (before === null || after === null) {
    const told = { path: 'coRights', before: before && [...before], after: after && [...after], difference: null };
    return [{ ...told, code: before === null ? 'value-established' : 'value-not-given' }];
  }
  const [was, is] = [byHolder(before), byHolder(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): FieldChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const told = { path: `coRights[${key}]`, before: old ?? null, after: now ?? null, difference: null };
    if (old === undefined) return [{ ...told, code: 'co-right-added' }];
    if (now === undefined) return [{ ...told, code: 'co-right-removed' }];
    return (['share', 'mode', 'amount', 'holdsCertificate'] as const).flatMap((field) => {
      const pair = { path: `coRights[${key}].${field}`, before: old[field], after: now[field] };
      return changeOf(pair, 'share-changed') ?? [];
    });
  });
}

const byHolder = (list: readonly CoRight[]): ReadonlyMap<string, CoRight> =>
  new Map(
    list.map((each) => [
      each.holderIdMasked === null
        ? `${each.rightKind}|${each.holderName}|${each.sequence ?? ''}`
        : `${each.rightKind}|${each.holderIdMasked}`,
      each,
    ]),
  );
