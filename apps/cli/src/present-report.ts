import type { Asset, CoverageLine, Money, ReportBody } from '#contracts';
import { painter, verdictSigns } from './colours.ts';
import { table } from './table.ts';

interface Presentation {
  readonly colours: boolean;
  readonly mostLines: number; // agencies that said nothing are listed up to this number
}

/** The order of domain.md C5: the sentence, assets, agencies that said nothing, that did not answer, that were not asked. */
export function presentReport(report: ReportBody, presentation: Presentation): string[] {
  const { coverage, assets, summary, simulated } = report;
  const paint = painter(presentation.colours);
  const group = (verdict: CoverageLine['verdict']) => coverage.lines.filter((line) => line.verdict === verdict);
  return [
    ...(simulated
      ? [paint('33', '演练 DRILL · at least one answer comes from a simulator; not for a case file'), '']
      : []),
    paint('1', summary.sentence.zh),
    paint('1', summary.sentence.en),
    '',
    ...assetTables(assets, coverage.lines),
    ...said(group('nothing'), presentation),
    ...unanswered(group('no-answer'), presentation),
    ...notAsked(group('not-asked')),
  ];
}

function assetTables(assets: readonly Asset[], lines: readonly CoverageLine[]): string[] {
  const names = new Map(lines.map(({ agencyId, agencyName }) => [agencyId, agencyName]));
  const agency = (asset: Asset) => names.get(asset.provenance.agencyId) ?? asset.provenance.agencyId;
  const accounts = assets.filter((asset) => asset.kind === 'deposit-account');
  const estates = assets.filter((asset) => asset.kind === 'real-estate');
  const vehicles = assets.filter((asset) => asset.kind === 'vehicle');
  const last = [
    { title: '匹配 match', cell: ({ match }: Asset) => match.confidence },
    {
      title: '数据时间 as of',
      cell: ({ provenance }: Asset) => provenance.asOf?.slice(0, 19).replace('T', ' ') ?? '机构未说明 not stated',
    },
  ];
  return [
    ...headed('存款账户 Deposit accounts', accounts, [
      { title: '机构 agency', most: 24, cell: agency },
      { title: '账号 account', cell: ({ accountNumberMasked }) => accountNumberMasked },
      { title: '余额 balance', side: 'right', cell: ({ balance }) => money(balance) },
      { title: '可用 available', side: 'right', cell: ({ availableBalance }) => money(availableBalance) },
      {
        title: '子户/产品 sub/products',
        side: 'right',
        cell: ({ subAccounts, holdings }) => `${count(subAccounts)}/${count(holdings)}`,
      },
      { title: '负担 burdens', most: 34, cell: burdens },
      ...last,
    ]),
    ...headed('不动产 Real estate', estates, [
      { title: '机构 agency', most: 24, cell: agency },
      { title: '权利 right', cell: ({ rightKind }) => rightKind },
      { title: '坐落 location', most: 30, cell: ({ location }) => location },
      {
        title: '面积 m²',
        side: 'right',
        cell: ({ buildingArea, landArea, rightArea }) => buildingArea ?? rightArea ?? landArea ?? '未提供',
      },
      { title: '份额 share', cell: ({ coRights }) => coRights?.find(({ isDebtor }) => isDebtor)?.share ?? '未提供' },
      { title: '负担 burdens', most: 34, cell: burdens },
      ...last,
    ]),
    ...headed('车辆 Vehicles', vehicles, [
      { title: '机构 agency', most: 24, cell: agency },
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
      { title: '负担 burdens', most: 34, cell: burdens },
      ...last,
    ]),
  ];
}

function headed<Row extends Asset>(
  title: string,
  rows: readonly Row[],
  columns: Parameters<typeof table<Row>>[0],
): string[] {
  return rows.length === 0 ? [] : [`${title} (${rows.length})`, ...table(columns, rows), ''];
}

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

function said(lines: readonly CoverageLine[], { colours, mostLines }: Presentation): string[] {
  if (lines.length === 0) return [];
  const { glyph, zh, en, colour } = verdictSigns.nothing;
  const shown = lines.slice(0, mostLines).map(({ agencyName }) => agencyName);
  const rest = lines.length - shown.length;
  return [
    painter(colours)(colour, `${glyph} ${zh} ${en} (${lines.length})`),
    `  ${shown.join('、')}${rest > 0 ? ` … +${rest}` : ''}`,
    '',
  ];
}

function unanswered(lines: readonly CoverageLine[], { colours, mostLines }: Presentation): string[] {
  if (lines.length === 0) return [];
  const { glyph, zh, en, colour } = verdictSigns['no-answer'];
  const rows = lines.slice(0, mostLines);
  const rest = lines.length - rows.length;
  return [
    painter(colours)(colour, `${glyph} ${zh} ${en} (${lines.length}): 不等于无财产 not the same as nothing`),
    ...table(
      [
        { title: '机构 agency', most: 28, cell: ({ agencyName }: CoverageLine) => agencyName },
        { title: '原因 reason', cell: ({ reason }) => reason ?? '' },
        { title: '次数 attempts', side: 'right', cell: ({ attempts, maxAttempts }) => `${attempts}/${maxAttempts}` },
        {
          title: '机构说明 in its words',
          most: 40,
          cell: ({ reasonText, contactName, contactPhone }) =>
            [reasonText, contactName, contactPhone].filter((part) => part !== null).join(' '),
        },
      ],
      rows,
    ),
    ...(rest > 0 ? [`  … +${rest}`] : []),
    '',
  ];
}

function notAsked(lines: readonly CoverageLine[]): string[] {
  if (lines.length === 0) return [];
  const { glyph, zh, en } = verdictSigns['not-asked'];
  const byCause = [...Map.groupBy(lines, ({ notAskedCause }) => notAskedCause ?? '')].map(
    ([cause, group]) => `${cause} ${group.length}`,
  );
  return [`${glyph} ${zh} ${en} (${lines.length}): ${byCause.join(', ')}`, ''];
}
