import { normaliseName } from '#contracts';
import type { Described } from '#store';
import { pinyin } from 'pinyin-pro';

const latin = /^[a-z·' ]+$/;

/** Whether somebody has a name that was typed: its characters, its pinyin, or the first letters of that. */
export function namedBy(typed: string): (debtor: Described) => boolean {
  const sought = normaliseName(typed).toLowerCase();
  if (sought === '') return () => false;
  const letters = sought.replaceAll(/[·' ]/g, '');
  return ({ names }) =>
    names.some((name) => {
      const own = normaliseName(name).toLowerCase();
      return own.includes(sought) || (latin.test(sought) && soundsLike(own, letters));
    });
}

/** A character may be read in several ways, and the reading of a surname differs: 单 shàn, 仇 qiú. */
function soundsLike(name: string, letters: string): boolean {
  for (const surname of ['head', 'off'] as const) {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', surname, v: true }).map((each) =>
      each.toLowerCase(),
    );
    if (syllables.join('').startsWith(letters)) return true;
    if (
      syllables
        .map((each) => each.slice(0, 1))
        .join('')
        .startsWith(letters)
    )
      return true;
  }
  return false;
}
