import { codeFrom, money, readDate, readDecimal, readWhen, type Read } from '#adapter-kit';
import { parseCaseNumber, unknownEncumbrance, type Encumbrance, type Money, type Warning } from '#contracts';
import { wholeNumber } from './holders.ts';
import type { ReadingSettings } from './settings.ts';
import { unitKey } from './unit-code.ts';
import type { MortgageTags, ObjectionTags, RightRow, SealTags } from './wire.ts';

/** An encumbrance (权利负担) of an answer, and the unit it stands on. */
export interface Standing {
  readonly unit: string | null;
  readonly encumbrance: Encumbrance;
  readonly warnings: readonly Warning[];
  readonly place: number | null; // of a seal: its place in the queue (xh)
  readonly notice: RightRow | null; // the row of an advance notice, which can be an asset itself
}

const mortgageModes = {
  一般抵押: 'general',
  一般抵押权: 'general',
  最高额抵押: 'maximum',
  最高额抵押权: 'maximum',
} as const;
const mortgageModeLabels = {
  general: { zh: '一般抵押', en: 'General mortgage' },
  maximum: { zh: '最高额抵押', en: 'Maximum mortgage' },
  other: { zh: '其他', en: 'Other' },
};

/** A mortgage (抵押权). The mortgagee's number and contact are left out. */
export function readMortgage(tags: MortgageTags, { mortgageAmountUnit }: ReadingSettings): Standing {
  const secured = readAmount(tags.bdbzzqse ?? tags.zgzqse ?? null, 'encumbrances.securedAmount', mortgageAmountUnit);
  const from = readDate(tags.zwlxqssj, 'encumbrances.securedFrom');
  const to = readDate(tags.zwlxjssj, 'encumbrances.securedTo');
  const lifted = readDate(tags.zxsj, 'encumbrances.liftedOn');
  const registered = readWhen(tags.djsj, 'encumbrances.registeredAt');
  return standing(tags.bdcdyh, [secured, from, to, lifted, registered], {
    ...unknownEncumbrance,
    kind: 'mortgage',
    authority: tags.djjg ?? null,
    agencyMeasureNo: tags.ywh ?? null,
    registeredAt: registered.value,
    liftedOn: lifted.value,
    inForce: inForce(tags.zxsj, lifted.value, tags.qszt),
    holderName: tags.dyqr ?? null,
    securedAmount: secured.value,
    securedFrom: from.value,
    securedTo: to.value,
    mortgageMode: codeFrom(mortgageModes, mortgageModeLabels, wordOrCode(tags.dyfs ?? tags.dybdclx ?? null)),
    certificateNo: tags.bdcdjzmh ?? null,
  });
}

/** A seal (查封登记). Its rank needs the other seals of the unit: `rankSeals`. */
export function readSeal(tags: SealTags, { sealTypeCodes }: ReadingSettings): Standing {
  const starts = readDate(tags.cfqssj, 'encumbrances.startsOn');
  const ends = readDate(tags.cfjssj, 'encumbrances.endsOn');
  const lifted = readDate(tags.jfdjsj, 'encumbrances.liftedOn');
  const registered = readWhen(tags.djsj, 'encumbrances.registeredAt');
  const type = tags.cflx ?? null;
  const kind = type !== null && Object.hasOwn(sealTypeCodes, type) ? sealTypeCodes[type] : undefined;
  const drift: Warning[] = kind === undefined ? [{ code: 'code-unknown', path: 'encumbrances.kind', raw: type }] : [];
  const caseNumber = parseCaseNumber(tags.cfwh ?? '');
  const encumbrance: Encumbrance = {
    ...unknownEncumbrance,
    kind: kind ?? 'other',
    authority: tags.cfjg ?? null,
    documentNumber: tags.cfwh ?? null,
    caseNumber: caseNumber.outcome === 'matched' ? caseNumber.normalised : null,
    agencyMeasureNo: tags.cfywh ?? tags.cfywbh ?? tags.ywh ?? null,
    registeredAt: registered.value,
    startsOn: starts.value,
    endsOn: ends.value,
    liftedOn: lifted.value,
    inForce: inForce(tags.jfdjsj, lifted.value, tags.qszt),
  };
  const reads = [starts, ends, lifted, registered, { value: null, warnings: drift }];
  return { ...standing(tags.bdcdyh, reads, encumbrance), place: wholeNumber(tags.xh ?? null) };
}

/** An advance notice (预告登记) as it weighs on the unit. */
export function readNotice(row: RightRow, holders: readonly string[]): Standing {
  const { tags } = row;
  const registered = readWhen(tags.djsj, 'encumbrances.registeredAt');
  const encumbrance: Encumbrance = {
    ...unknownEncumbrance,
    kind: 'advance-notice',
    authority: tags.djjg ?? null,
    agencyMeasureNo: tags.ywh ?? null,
    registeredAt: registered.value,
    inForce: inForce(null, null, tags.qszt),
    holderName: holders.join('、').slice(0, 2_000) || null,
  };
  return { ...standing(tags.bdcdyh, [registered], encumbrance), notice: row };
}

/** An objection (异议登记). */
export function readObjection(tags: ObjectionTags): Standing {
  const registered = readWhen(tags.djsj, 'encumbrances.registeredAt');
  return standing(tags.bdcdyh, [registered], {
    ...unknownEncumbrance,
    kind: 'objection',
    authority: tags.djjg ?? null,
    agencyMeasureNo: tags.ywh ?? null,
    registeredAt: registered.value,
    inForce: inForce(null, null, tags.qszt),
  });
}

/**
 * An amount whose unit is declared. 万元 are turned into yuan; an undeclared unit leaves it unknown, with the text in a
 * warning: nobody may read 120 as 120 yuan or as 1,200,000.
 */
export function readAmount(
  text: string | null,
  path: string,
  unit: ReadingSettings['mortgageAmountUnit'],
): Read<Money> {
  const amount = readDecimal(text, path);
  if (amount.value === null) return { value: null, warnings: amount.warnings };
  if (unit === 'unknown') return { value: null, warnings: [{ code: 'unit-unknown', path, raw: text }] };
  return { value: money(unit === 'yuan' ? amount.value : tenThousandTimes(amount.value), 'CNY'), warnings: [] };
}

/** Words in a coded field go to the label, codes to the code. */
export function wordOrCode(text: string | null): { readonly code: string | null; readonly label: string | null } {
  const isCode = text !== null && /^[0-9A-Za-z.-]+$/.test(text);
  return { code: isCode ? text : null, label: isCode ? null : text };
}

function standing(
  unit: string | null | undefined,
  reads: readonly Read<unknown>[],
  encumbrance: Encumbrance,
): Standing {
  const warnings = reads.flatMap((read) => read.warnings);
  return { unit: unitKey(unit ?? null), encumbrance, warnings, place: null, notice: null };
}

/** 万元 as yuan, digit by digit. */
function tenThousandTimes(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.padEnd(4, '0');
  const shifted = `${whole}${digits.slice(0, 4)}`.replace(/^(-?)0+(?=\d)/, '$1');
  return digits.length > 4 ? `${shifted}.${digits.slice(4)}` : shifted;
}

type Text = string | null | undefined;

/** A lifting date ends it whatever the state says, words in its place say nothing; 1 current, 2 historic, 3 ended. */
function inForce(lifting: Text, liftedOn: string | null, state: Text): boolean | null {
  if (liftedOn !== null) return false;
  if ((lifting ?? null) !== null) return null;
  return state === '1' ? true : state === '2' || state === '3' ? false : null;
}
