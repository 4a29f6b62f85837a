import type { FoundAsset } from './asset.ts';

/** Codes under which registers and banks send how somebody is reached or where they work. Never kept. */
const contactCodes = new Set(
  'address addr dz txdz lxdz zz zzdz jtdz postcode zip yb yzbm phone tel mobile dh lxdh sjh sjhm email mail dzyj dzyx employer gzdw dwmc'.split(
    ' ',
  ),
);

/** With its label in a free text, up to the next sign that ends a statement. */
const labelled =
  /(?:联系)?(?:电话|手机|手机号|地址|住址|住所|邮编|邮政编码|邮箱|电子邮件|工作单位)(?:号码)?\s*[:：]\s*[^;；,，。\n]+/gu;
/** Told by their form: mobile phones, telephones with an area code, e-mail addresses. */
const byForm = /(?<![\dA-Za-z])(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\dA-Za-z])|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu;
const gap = '〔略〕';

interface Freed<Value> {
  readonly value: Value;
  readonly count: number;
}

/** The asset without addresses, telephones, e-mails and employers in the texts where an agency may write anything. */
export function withoutContacts(asset: FoundAsset): { readonly asset: FoundAsset; readonly count: number } {
  let count = 0;
  const keep = <Value>({ value, count: freed }: Freed<Value>): Value => {
    count += freed;
    return value;
  };
  const remarks = <Item extends { readonly remark: string | null }>(items: Item[] | null): Item[] | null =>
    items?.map((item) => ({ ...item, remark: keep(freeText(item.remark)) })) ?? null;
  const own = { remark: keep(freeText(asset.remark)), encumbrances: remarks(asset.encumbrances) };
  if (asset.kind === 'real-estate') return { asset: { ...asset, ...own, extra: keep(freeRecord(asset.extra)) }, count };
  if (asset.kind === 'vehicle') return { asset: { ...asset, ...own }, count };
  const details = {
    subAccounts: remarks(asset.subAccounts),
    holdings: remarks(asset.holdings),
    transactions: remarks(asset.transactions),
  };
  return { asset: { ...asset, ...own, ...details }, count };
}

function freeText(text: string | null): Freed<string | null> {
  if (text === null) return { value: null, count: 0 };
  let count = 0;
  const cut = (): string => {
    count += 1;
    return gap;
  };
  return { value: text.replace(labelled, cut).replace(byForm, cut), count };
}

function freeRecord(extra: Readonly<Record<string, string>> | null): Freed<Record<string, string> | null> {
  if (extra === null) return { value: null, count: 0 };
  let count = 0;
  const kept = Object.entries(extra).flatMap(([code, text]): [string, string][] => {
    if (contactCodes.has(code.toLowerCase())) {
      count += 1;
      return [];
    }
    const freed = freeText(text);
    count += freed.count;
    return [[code, freed.value ?? '']];
  });
  return { value: Object.fromEntries(kept), count };
}
