import type { Asset, CoverageLine, Encumbrance } from '#contracts';
import { chinaTime } from '../moments.ts';
import type { DocumentCell, DocumentTable } from './document-model.ts';
import type { DocumentWords } from './document-words.ts';

export interface Telling {
  readonly words: DocumentWords;
  readonly locale: 'zh-CN' | 'en';
  readonly agencies: ReadonlyMap<string, string>;
}

const kinds = ['deposit-account', 'real-estate', 'vehicle'] as const;
const widths = {
  'deposit-account': [17, 15, 6, 12, 12, 18, 9, 12, 14],
  'real-estate': [22, 15, 18, 9, 18, 9, 12, 14],
  vehicle: [10, 14, 16, 12, 18, 9, 12, 14],
} as const;

/** One table per kind; what is connected by its name only stands in tables of its own, and is said to be unconfirmed. */
export function assetTables(assets: readonly Asset[], telling: Telling): DocumentTable[] {
  return kinds.flatMap((kind) => {
    const ofKind = assets.filter((asset) => asset.kind === kind);
    return [
      ...tableOf(
        kind,
        ofKind.filter((asset) => !isUnconfirmed(asset)),
        { telling, unconfirmed: false },
      ),
      ...tableOf(kind, ofKind.filter(isUnconfirmed), { telling, unconfirmed: true }),
    ];
  });
}

const isUnconfirmed = ({ match }: Asset): boolean =>
  match.reviewState === 'pending' || match.reviewState === 'rejected';

interface Standing {
  readonly telling: Telling;
  readonly unconfirmed: boolean;
}

function tableOf(kind: Asset['kind'], assets: readonly Asset[], { telling, unconfirmed }: Standing): DocumentTable[] {
  if (assets.length === 0) return [];
  const { words } = telling;
  const columns = words.asset[kind].map((title, at) => ({ title, width: widths[kind][at] ?? 12 }));
  const title = unconfirmed ? `${words.kinds[kind]}（${words.inReview}）` : words.kinds[kind];
  return [
    { title, columns, rows: assets.map((asset) => [...ownCells(asset, telling), ...commonCells(asset, telling)]) },
  ];
}

function ownCells(asset: Asset, telling: Telling): DocumentCell[] {
  const given = (value: string | null): DocumentCell => textOr(value, telling.words.missing);
  const money = (amount: string | undefined): DocumentCell =>
    amount === undefined ? { is: 'missing', text: telling.words.missing } : { is: 'amount', amount };
  switch (asset.kind) {
    case 'deposit-account':
      return [
        text(asset.accountNumber),
        text([asset.bankName, asset.branchName].filter(Boolean).join(' ')),
        given(asset.balance?.currency ?? asset.currency),
        money(asset.balance?.amount),
        money(asset.availableBalance?.amount),
      ];
    case 'real-estate': {
      const area = asset.buildingArea ?? asset.rightArea ?? asset.landArea;
      return [
        text(asset.location),
        given(asset.certificateNo),
        given(asset.unitCode),
        given(area === null ? null : `${area} ${asset.areaUnit ?? 'm²'}`),
      ];
    }
    case 'vehicle': {
      const label = telling.locale === 'en' ? 'en' : 'zh';
      return [
        text(asset.plateNumber),
        given([asset.brand, asset.model].filter(Boolean).join(' ') || null),
        given(asset.vin),
        given(asset.statusCodes?.map((code) => code.label[label]).join('、') ?? null),
      ];
    }
  }
}

function commonCells({ encumbrances, match, provenance }: Asset, { words, agencies }: Telling): DocumentCell[] {
  const standing = encumbrances?.map((each) => encumbranceText(each, words)).join('；') ?? null;
  return [
    textOr(standing === '' ? words.noEncumbrance : standing, words.missing),
    text(words.confidence[match.confidence]),
    textOr(provenance.asOf && timeText(provenance.asOf), words.notStated),
    text(agencies.get(provenance.agencyId) ?? provenance.agencyId),
  ];
}

function encumbranceText(each: Encumbrance, words: DocumentWords): string {
  const parts = [words.encumbrances[each.kind]];
  if (each.rank !== null && each.rank > 0) parts.push(words.rank(each.rank));
  if (each.authority !== null) parts.push(each.authority);
  if (each.endsOn !== null) parts.push(words.until(each.endsOn));
  return parts.join(' ');
}

export const text = (value: string): DocumentCell => ({ is: 'text', text: value });
export const textOr = (value: string | null, missing: string): DocumentCell =>
  value === null ? { is: 'missing', text: missing } : text(value);
/** A day as it is, a moment as people in China read it. */
export const timeText = (when: string): string => (when.length <= 10 ? when : chinaTime(when));

export const agencyNames = (lines: readonly CoverageLine[]): ReadonlyMap<string, string> =>
  new Map(lines.map(({ agencyId, agencyName }) => [agencyId, agencyName]));
