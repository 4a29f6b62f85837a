import { normaliseName } from './name.ts';

/** Family names of two characters (复姓) that are borne today. */
const doubleFamilyNames = new Set(
  (
    '欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 司空 令狐 东方 南宫 西门 端木 百里 呼延 轩辕 ' +
    '赫连 澹台 濮阳 申屠 钟离 鲜于 闻人 公冶 宗政 单于 太史 仲孙 拓跋 独孤 完颜 纳兰 万俟 第五 淳于 東方 歐陽 司馬 諸葛'
  ).split(' '),
);

/** An identity number in masked form (report.md §13): first four, `*` for each hidden character, last four. */
export function maskIdentifier(number: string): string {
  return mask(number, (hidden) => '*'.repeat(hidden));
}

/** An account or card number in masked form (report.md §13): first four, `****` whatever the length, last four. */
export function maskAccount(number: string): string {
  return mask(number, () => '****');
}

/**
 * Name of a third party who is a natural person: family name and one `*`, which does not tell how long the name is.
 * Names of another make (Latin letters, 买买提·艾合买提) show their first character, a single character shows nothing.
 */
export function maskThirdPartyName(name: string): string {
  const characters = normaliseName(name).match(/\P{M}\p{M}*/gu) ?? []; // a variation selector stays with its character
  const [first = '', second = ''] = characters;
  if (characters.length < 2) return '*';
  return characters.length > 2 && doubleFamilyNames.has(first + second) ? `${first}${second}*` : `${first}*`;
}

/** Fewer than nine characters show their last two; two or fewer show nothing, or the mask would hide nothing. */
function mask(number: string, hide: (hidden: number) => string): string {
  const characters = Array.from(number.trim());
  const head = characters.length < 9 ? 0 : 4;
  const tail = characters.length < 3 ? 0 : head === 0 ? 2 : 4;
  const end = characters.length - tail;
  return characters.slice(0, head).join('') + hide(end - head) + characters.slice(end).join('');
}
