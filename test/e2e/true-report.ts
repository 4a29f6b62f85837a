import { maskThirdPerson } from '#contracts';
import type { Asset, CoverageLine, Encumbrance, Money, ReportBody } from '#contracts';
import type {
  AgencyTruth,
  TrueAccount,
  TrueAsset,
  TrueRealEstate,
  TrueVehicle,
  Truth,
} from '../../apps/simulator/src/index.ts';

const compare = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const sorted = <T>(items: readonly T[]): T[] => items.toSorted(compare);

/** What makes an asset this asset and no other, in the world as in the report. */
export const keyOfTruth = (asset: TrueAsset): string =>
  asset.kind === 'deposit-account'
    ? asset.accountNumber
    : asset.kind === 'real-estate'
      ? asset.unitCode
      : asset.plateNumber;
export const keyOfAsset = (asset: Asset): string =>
  (asset.kind === 'deposit-account'
    ? asset.accountNumber
    : asset.kind === 'real-estate'
      ? asset.unitCode
      : asset.plateNumber) ?? '';

/** Where a report differs from the world: nothing, when every agency has answered wholly and nothing was lost or made up. */
export function differences(report: ReportBody, truth: Truth): string[] {
  const lines = new Map(report.coverage.lines.map((line) => [line.agencyId, line]));
  const strangers = report.coverage.lines.filter(
    ({ agencyId }) => !truth.agencies.some((each) => each.agencyId === agencyId),
  );
  const assets = Map.groupBy(report.assets, ({ provenance }) => provenance.agencyId);
  return [
    ...doubled(report),
    ...strangers.map(({ agencyId }) => `${agencyId}: a line of an agency that does not exist`),
    ...truth.agencies.flatMap((agency) =>
      agencyDifferences(agency, lines.get(agency.agencyId), assets.get(agency.agencyId) ?? []),
    ),
  ];
}

/** What may never be wrong, however many agencies have failed: a false `nothing`, a strange asset, one that is there twice. */
export function lies(report: ReportBody, truth: Truth): string[] {
  const byAgency = new Map(truth.agencies.map((agency) => [agency.agencyId, agency]));
  const falseNothing = report.coverage.lines
    .filter(({ agencyId, verdict }) => verdict === 'nothing' && byAgency.get(agencyId)?.state !== 'nothing')
    .map(({ agencyId }) => `${agencyId}: says nothing and has something`);
  const strange = report.assets
    .filter(
      (asset) =>
        !byAgency.get(asset.provenance.agencyId)?.assets.some((each) => keyOfTruth(each) === keyOfAsset(asset)),
    )
    .map((asset) => `${asset.provenance.agencyId}: ${asset.kind} that is not the debtor's`);
  return [...doubled(report), ...falseNothing, ...strange];
}

function doubled({ assets }: ReportBody): string[] {
  const keys = assets.map((asset) => `${asset.provenance.agencyId} ${asset.kind} ${keyOfAsset(asset)}`);
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map(
    (key) => `${key.split(' ', 1).join('')}: there twice`,
  );
}

const expectedLine = {
  found: ['found', null],
  nothing: ['nothing', null],
  mismatch: ['no-answer', 'identity-mismatch'],
} as const;

function agencyDifferences(agency: AgencyTruth, line: CoverageLine | undefined, assets: readonly Asset[]): string[] {
  const { agencyId, state } = agency;
  if (!line) return [`${agencyId}: no line`];
  const [verdict, reason] = expectedLine[state];
  if (line.verdict !== verdict || line.reason !== reason)
    return [`${agencyId}: ${line.verdict} ${line.reason ?? ''} ${line.reasonCode ?? ''}, truth ${state}`];
  const wrong = line.verdict === 'found' && line.complete !== true ? [`${agencyId}: incomplete`] : [];
  const told = sorted(assets.map(toldAsset));
  const real = sorted(agency.assets.map(realAsset));
  if (JSON.stringify(told) === JSON.stringify(real)) return wrong;
  const first = real.findIndex((each, index) => JSON.stringify(each) !== JSON.stringify(told[index]));
  const at = first < 0 ? real.length : first;
  return [...wrong, `${agencyId}: told ${JSON.stringify(told[at])} real ${JSON.stringify(real[at])}`];
}

const statusCodes: Readonly<Record<string, string>> = { 正常: 'normal', 部分冻结: 'frozen-partial' };
const amountOf = (money: Money | null): string | null => money?.amount ?? null;

function toldAsset(asset: Asset): unknown {
  if (asset.kind === 'deposit-account') {
    return {
      accountNumber: asset.accountNumber,
      status: asset.status?.code ?? null,
      currency: asset.currency,
      balance: amountOf(asset.balance),
      availableBalance: amountOf(asset.availableBalance),
      openedOn: asset.openedOn,
      subAccounts: sorted(
        (asset.subAccounts ?? []).map(({ number, currency, balance }) => [number, currency, amountOf(balance)]),
      ),
      holdings: sorted(
        (asset.holdings ?? []).map(({ productName, productCode, quantity, totalValue, currency }) => [
          productName,
          productCode,
          quantity,
          amountOf(totalValue),
          currency,
        ]),
      ),
      freezes: sorted(
        ofKind(asset.encumbrances, 'freeze').map(({ authority, documentNumber, amount, endsOn }) => [
          authority,
          documentNumber,
          amountOf(amount.requested),
          endsOn,
        ]),
      ),
      rights: sorted((asset.coRights ?? []).map(({ holderName, amount }) => [bare(holderName), amountOf(amount)])),
    };
  }
  if (asset.kind === 'vehicle') {
    return {
      plateNumber: asset.plateNumber,
      vin: asset.vin,
      statuses: (asset.statusCodes ?? []).map(({ rawCode }) => rawCode),
      seals: sorted(
        ofKind(asset.encumbrances, 'seizure').map(({ inForce, startsOn, endsOn }) => [inForce, startsOn, endsOn]),
      ),
    };
  }
  return {
    rightKind: asset.rightKind,
    unitCode: asset.unitCode,
    certificateNo: asset.certificateNo,
    location: asset.location,
    area: asset.buildingArea ?? asset.landArea ?? asset.rightArea,
    owners: sorted(
      (asset.coRights ?? []).map(({ holderName, isDebtor, share }) => [bare(holderName), isDebtor, share]),
    ),
    mortgages: sorted(
      ofKind(asset.encumbrances, 'mortgage').map(({ holderName, certificateNo }) => [holderName, certificateNo]),
    ),
    seizures: sorted(
      (asset.encumbrances ?? [])
        .filter(({ kind }) => kind.includes('seizure'))
        .map(({ kind, authority, documentNumber, startsOn, endsOn, rank }) => [
          kind,
          authority,
          documentNumber,
          startsOn,
          endsOn,
          rank,
        ]),
    ),
  };
}

/** Third persons are masked before anything is stored; people whose masked names are the same get an ordinal. */
const masked = (name: string): string => maskThirdPerson(name, 'unknown');
const bare = (name: string): string => name.replace(/（\d+）$/, '');

const ofKind = (encumbrances: readonly Encumbrance[] | null, kind: Encumbrance['kind']): readonly Encumbrance[] =>
  (encumbrances ?? []).filter((each) => each.kind === kind);

const realAsset = (asset: TrueAsset): unknown =>
  asset.kind === 'deposit-account'
    ? realAccount(asset)
    : asset.kind === 'vehicle'
      ? realVehicle(asset)
      : realUnit(asset);

/** An amount without a currency is no amount: where the books name none, the report has none and warns. */
function realAccount(account: TrueAccount): unknown {
  const { accountNumber, currency, openedOn, subAccounts, holdings, encumbrances, coRights } = account;
  const amount = (text: string | null): string | null => (currency === null ? null : text);
  return {
    accountNumber,
    status: statusCodes[account.status] ?? account.status,
    currency,
    balance: amount(account.balance),
    availableBalance: amount(account.availableBalance),
    openedOn,
    subAccounts: sorted(subAccounts.map((each) => [each.number, each.currency, each.balance])),
    holdings: sorted(
      holdings.map((each) => [each.productName, each.productCode, each.quantity, each.totalValue, each.currency]),
    ),
    freezes: sorted(
      encumbrances.map((each) => [each.authority, each.documentNumber, amount(each.amount), each.endsOn]),
    ),
    rights: sorted(coRights.map((each) => [masked(each.holderName), amount(each.amount)])),
  };
}

const realVehicle = ({ plateNumber, vin, statuses, seals }: TrueVehicle): unknown => ({
  plateNumber,
  vin,
  statuses,
  seals: sorted(seals.map((each) => [each.inForce, each.startsOn, each.endsOn])),
});

const realUnit = ({
  rightKind,
  unitCode,
  certificateNo,
  location,
  area,
  coOwners,
  mortgages,
  seizures,
}: TrueRealEstate): unknown => ({
  rightKind,
  unitCode,
  certificateNo,
  location,
  area,
  owners: sorted(coOwners.map((each) => [each.isDebtor ? each.name : masked(each.name), each.isDebtor, each.share])),
  mortgages: sorted(mortgages.map((each) => [masked(each.holderName), each.certificateNo])),
  seizures: sorted(
    seizures.map((each) => [
      each.kind,
      each.authority,
      each.documentNumber,
      each.startsOn,
      each.endsOn,
      each.place - 1,
    ]),
  ),
});
