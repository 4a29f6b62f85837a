import { assetKinds, type Asset, type CoRight, type Holding, type SubAccount, type Transaction } from '#contracts';
import { compareCodePoints, nullsLast } from './code-points.ts';
import { compareWhen } from './moments.ts';

const kindOrder = new Map(assetKinds.map((kind, at) => [kind, at]));

/** Assets by kind, agency, key and id (report.md §9.6). Ids differ, so the order is never a matter of chance. */
export const compareAssets = (a: Asset, b: Asset): number =>
  (kindOrder.get(a.kind) ?? 0) - (kindOrder.get(b.kind) ?? 0) ||
  compareCodePoints(a.provenance.agencyId, b.provenance.agencyId) ||
  nullsLast(a.assetKey, b.assetKey, compareCodePoints) ||
  compareCodePoints(a.assetId, b.assetId);

/** The asset with its own lists in the order of report.md §9.6; equal entries stay in the order of the source. */
export function inReportOrder(asset: Asset): Asset {
  const coRights = asset.coRights?.toSorted(compareCoRights) ?? null;
  if (asset.kind !== 'deposit-account') return { ...asset, coRights };
  return {
    ...asset,
    coRights,
    subAccounts: asset.subAccounts?.toSorted(compareSubAccounts) ?? null,
    holdings: asset.holdings?.toSorted(compareHoldings) ?? null,
    transactions: asset.transactions?.toSorted(compareTransactions) ?? null,
  };
}

const compareCoRights = (a: CoRight, b: CoRight): number =>
  Number(b.isDebtor) - Number(a.isDebtor) ||
  nullsLast(a.sequence, b.sequence, (x, y) => x - y) ||
  compareCodePoints(a.holderName, b.holderName);

const compareSubAccounts = (a: SubAccount, b: SubAccount): number => compareCodePoints(a.number, b.number);

const compareHoldings = (a: Holding, b: Holding): number =>
  nullsLast(a.productCode, b.productCode, compareCodePoints) || nullsLast(a.sequence, b.sequence, compareCodePoints);

const compareTransactions = (a: Transaction, b: Transaction): number =>
  compareWhen(a.at, b.at) || nullsLast(a.serial, b.serial, compareCodePoints);
