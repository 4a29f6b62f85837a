import type { Asset, CoverageLine, Money } from '#contracts';
import { type Column, table } from '../table.ts';

/** One table for each kind of asset there is, of at most `mostRows` rows; what is left out is counted, never dropped. */
export function assetTables(assets: readonly Asset[], lines: readonly CoverageLine[], mostRows: number): string[] {
  const names = new Map(lines.map(({ agencyId, agencyName }) => [agencyId, agencyName]));
  const agency: Column<Asset> = {
    title: '机构 agency',
    most: 24,
    cell: ({ provenance }) => names.get(provenance.agencyId) ?? provenance.agencyId,
  };
  const headed = <Row extends Asset>(title: string, rows: readonly Row[], own: readonly Column<Row>[]): string[] => {
    if (rows.length === 0) return [];
    const shown = rows.slice(0, mostRows);
    const left = rows.length - shown.length;
    const columns = [agency, ...own, ...lastColumns];
    return [`${title} (${rows.length})`, ...table(columns, shown), ...(left > 0 ? [`  … +${left}`] : []), ''];
  };
  const accounts = assets.filter((asset) => asset.kind === 'deposit-account');
  const estates = assets.filter((asset) => asset.kind === 'real-estate');
  const vehicles = assets.filter((asset) => asset.kind === 'vehicle');
  return [
    ...headed('存款账户 Deposit accounts', accounts, accountColumns),
    ...headed('不动产 Real estate', estates, estateColumns),
    ...headed('车辆 Vehicles', vehicles, vehicleColumns),
  ];
}

type Of<Kind extends Asset['kind']> = Extract<Asset, { kind: Kind }>;

const lastColumns: readonly Column<Asset>[] = [
  { title: '负担 burdens', most: 34, cell: burdens },
  { title: '匹配 match', cell: ({ match }) => match.confidence },
  {
    title: '数据时间 as of',
    cell: ({ provenance }) => provenance.asOf?.slice(0, 19).replace('T', ' ') ?? '机构未说明 not stated',
  },
];

const accountColumns: readonly Column<Of<'deposit-account'>>[] = [
  { title: '账号 account', cell: ({ accountNumberMasked }) => accountNumberMasked },
  { title: '余额 balance', side: 'right', cell: ({ balance }) => money(balance) },
  { title: '可用 available', side: 'right', cell: ({ availableBalance }) => money(availableBalance) },
  {
    title: '子户/产品 sub/products',
    side: 'right',
    cell: ({ subAccounts, holdings }) => `${count(subAccounts)}/${count(holdings)}`,
  },
];

const estateColumns: readonly Column<Of<'real-estate'>>[] = [
  { title: '权利 right', cell: ({ rightKind }) => rightKind },
  { title: '坐落 location', most: 30, cell: ({ location }) => location },
  {
    title: '面积 m²',
    side: 'right',
    cell: ({ buildingArea, landArea, rightArea }) => buildingArea ?? rightArea ?? landArea ?? '未提供',
  },
  { title: '份额 share', cell: ({ coRights }) => coRights?.find(({ isDebtor }) => isDebtor)?.share ?? '未提供' },
];

const vehicleColumns: readonly Column<Of<'vehicle'>>[] = [
  { title: '号牌 plate', cell: ({ plateNumber }) => plateNumber },
  {
    title: '品牌型号 make',
    most: 20,
    cell: ({ brand, model }) => [brand, model].filter((part) => part !== null).join(' '),
  },
  {
    title: '状态 status',
    most: 40,
    cell: ({ statusCodes }) => statusCodes?.map(({ label }) => label.zh).join('、') ?? '未提供',
  },
];

const money = (value: Money | null): string => {
  if (value === null) return '未提供 n/a';
  const [whole = '', fraction] = value.amount.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${value.currency === 'CNY' ? '¥' : `${value.currency} `}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
};

const count = (list: readonly unknown[] | null): string => (list === null ? '?' : String(list.length));

function burdens({ encumbrances }: Asset): string {
  if (encumbrances === null) return '未提供 not reported';
  if (encumbrances.length === 0) return '无 none';
  return encumbrances
    .map(({ kind, holderName, authority }) => {
      const who = holderName ?? authority;
      return who === null ? kind : `${kind}（${who}）`;
    })
    .join('; ');
}
