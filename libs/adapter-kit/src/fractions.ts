import { readAs, saidText, unread, type Read } from './reading.ts';

const longestDigits = 15;
const percentForm = /^(\d+)(?:\.(\d+))?%$/;
const decimalForm = /^(\d*)(?:\.(\d+))?$/;
const ratioForm = /^(\d+)\s*[/⁄]\s*(\d+)$/;
const chineseForm = /^([零〇一二两三四五六七八九十百千]+)分之([零〇一二两三四五六七八九十百千]+)$/;

const chineseDigits: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
};
const chineseUnits: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };

/** A share (份额) in lowest terms from `50%`, `0.5`, `1/2` or 二分之一. More than the whole, or none of it, is no share. */
export function readFraction(text: string | null | undefined, path: string): Read<string> {
  const said = saidText(text);
  if (said === null) return readAs<string>(null);
  const terms = said.length > 2 * longestDigits ? null : termsOf(said);
  const fraction = terms && lowestTerms(terms);
  return fraction === null ? unread('fraction-unparseable', path, text ?? null) : readAs(fraction);
}

type Terms = readonly [numerator: bigint, denominator: bigint];

function termsOf(text: string): Terms | null {
  const ratio = ratioForm.exec(text);
  if (ratio) return [BigInt(ratio[1] ?? 0), BigInt(ratio[2] ?? 0)];
  const percent = percentForm.exec(text);
  if (percent) return overTens(percent[1], percent[2], 100n);
  const decimal = decimalForm.exec(text);
  if (decimal) return overTens(decimal[1], decimal[2], 1n);
  const chinese = chineseForm.exec(text);
  return chinese ? [chineseNumber(chinese[2]), chineseNumber(chinese[1])] : null;
}

function overTens(whole = '', fraction = '', scale: bigint): Terms {
  return [BigInt(`0${whole}${fraction}`), scale * 10n ** BigInt(fraction.length)];
}

function lowestTerms([numerator, denominator]: Terms): string | null {
  if (numerator <= 0n || denominator <= 0n || numerator > denominator) return null;
  let [divisor, rest] = [denominator, numerator];
  while (rest > 0n) [divisor, rest] = [rest, divisor % rest];
  return `${numerator / divisor}/${denominator / divisor}`;
}

/** Numbers up to 9,999 in Chinese numerals, such as 二十五 and 一百零三. */
function chineseNumber(text = ''): bigint {
  let [total, digit] = [0, 0];
  for (const character of text) {
    const unit = chineseUnits[character];
    if (unit === undefined) digit = chineseDigits[character] ?? 0;
    else [total, digit] = [total + (digit || 1) * unit, 0];
  }
  return BigInt(total + digit);
}
