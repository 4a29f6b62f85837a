import { provinces } from './area-code.ts';

type CaseNumber = {
  readonly outcome: 'matched';
  readonly normalised: string;
  readonly year: number;
  /** Court code: `最高法`, or a province character with up to four digits. */
  readonly court: string;
  readonly type: string;
  /** Text, because leading zeros belong to the number. */
  readonly number: string;
  /** `之一` and the like, null without one. */
  readonly suffix: string | null;
};

export type CaseNumberParse = CaseNumber | { readonly outcome: 'not-matched'; readonly normalised: string };

/** Types of enforcement case (执行案件类型) known without a setting. */
const enforcementCaseTypes = ['执', '执保', '执恢', '执异', '执复', '执监', '执协', '执他'] as const;

const courtCharacters = `${provinces.map((province) => province.caseCharacter ?? '').join('')}兵军`;
const shape = new RegExp(
  // The numerals are written out: a range 一-十 covers thousands of other characters between the two code points.
  `^（(\\d{4})）(最高法|[${courtCharacters}]\\d{0,4})(\\D+)(\\d+)号(之[一二三四五六七八九十]+)?$`,
  'u',
);

/** Case number (案号) as stored and printed: no white space, full-width brackets, half-width digits. */
export function normaliseCaseNumber(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cf}]/gu, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/[０-９]/g, (digit) => digit.normalize('NFKC'))
    .normalize('NFC');
}

/**
 * Parts of an enforcement case number (report.md §10.5). A number that does not match asks for the officer's
 * confirmation; it is never rejected.
 *
 * @param moreTypes types that a deployment adds by setting, such as 财保
 */
export function parseCaseNumber(text: string, moreTypes: readonly string[] = []): CaseNumberParse {
  const normalised = normaliseCaseNumber(text);
  const [, year, court, type, number, suffix] = shape.exec(normalised) ?? [];
  if (year === undefined || court === undefined || type === undefined || number === undefined) {
    return { outcome: 'not-matched', normalised };
  }
  const types: readonly string[] = [...enforcementCaseTypes, ...moreTypes];
  if (!types.includes(type)) return { outcome: 'not-matched', normalised };
  return { outcome: 'matched', normalised, year: Number(year), court, type, number, suffix: suffix ?? null };
}
