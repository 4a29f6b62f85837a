/**
 * Which set of characters has a rare one, from the widest used to none: systems carry up to one of them.
 * `gbk`: not in GB 2312 · `level-1`: not in GBK, but in what GB 18030-2022 demands of every system · `level-2-3`: only in
 * what it demands at level 2 or 3 · `none`: in no level · `private-use`: a place that every system fills differently ·
 * `selector`: chooses a shape of the character before it · `lost`: what stands where a conversion lost a character.
 */
export const rareLevels = ['gbk', 'level-1', 'level-2-3', 'none', 'private-use', 'selector', 'lost'] as const;
export type RareLevel = (typeof rareLevels)[number];

/** One rare character (生僻字) with its code point, such as `U+20BB7`. */
export type RareCharacter = {
  readonly character: string;
  readonly label: string;
  readonly level: RareLevel;
  /** The character that the standards put in its place; null: none. It is offered, never taken by itself. */
  readonly standard: { readonly character: string; readonly label: string } | null;
};

/** Characters of a name as typed that some systems cannot carry or draw. Each once, in the order of the name. */
export function rareCharacters(name: string): RareCharacter[] {
  return [...new Set(name)].flatMap((character) => {
    const level = levelOf(character);
    if (level === null) return [];
    const standard = standardOf(character);
    return [
      {
        ...{ character, level, label: codePointLabel(character) },
        standard: standard === null ? null : { character: standard, label: codePointLabel(standard) },
      },
    ];
  });
}

function levelOf(character: string): RareLevel | null {
  if (character === '\uFFFD') return 'lost';
  if (/[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/u.test(character)) return 'selector';
  if (/\p{Co}/u.test(character)) return 'private-use';
  if (/[\u4E00-\u9FA5]/.test(character)) return isInGb2312(character) ? null : 'gbk';
  if (gbkBeside.includes(character)) return 'gbk';
  if (/[\u3400-\u4DB5\u9FA6-\u9FEF]/.test(character) || levelOneRadicals.includes(character)) return 'level-1';
  if (levelThree.test(character)) return 'level-2-3';
  return otherIdeographs.test(character) ? 'none' : null;
}

/** Extensions B to F as of the edition that GB 18030-2022 follows, and the radicals of the Kangxi dictionary. */
const levelThree =
  /[\u2F00-\u2FD5\u{20000}-\u{2A6D6}\u{2A700}-\u{2B734}\u{2B740}-\u{2B81D}\u{2B820}-\u{2CEA1}\u{2CEB0}-\u{2EBE0}]/u;

/** What came later, compatibility characters, radicals, halves of a pair, and all that lies beyond the first plane. */
const otherIdeographs = /[\u2E80-\u2EFF\u3400-\u9FFF\uF900-\uFAFF\uD800-\uDFFF\u{10000}-\u{10FFFF}]/u;

/** GBK has these beside the block of the common characters. */
const gbkBeside =
  '\uF92C\uF979\uF995\uF9E7\uF9F1\uFA0C\uFA0D\uFA0E\uFA0F\uFA11\uFA13\uFA14\uFA18\uFA1F\uFA20\uFA21\uFA23\uFA24\uFA27\uFA28\uFA29';
const levelOneRadicals = '\u2E81\u2E84\u2E88\u2E8B\u2E8C\u2E97\u2EA7\u2EAA\u2EAE\u2EB3\u2EB6\u2EB7\u2EBB\u2ECA';

let gb2312: ReadonlySet<string> | null = null; // some thousand characters: not before somebody needs them

function isInGb2312(character: string): boolean {
  gb2312 ??= new Set(charactersOfGb2312());
  return gb2312.has(character);
}

/** Rows 16 to 87 of 94 places; row 55 ends five places early. */
function charactersOfGb2312(): string {
  const places = Array.from({ length: 72 * 94 }, (_, at) => [0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)]);
  const filled = places.filter(([row = 0, place = 0]) => row !== 0xd7 || place < 0xfa);
  return new TextDecoder('gbk').decode(Uint8Array.from(filled.flat()));
}

/**
 * What Unicode takes for the same character (compatibility characters, radicals), or where GB 18030 put one that stood
 * in its private places before (U+E815 to U+E864).
 */
function standardOf(character: string): string | null {
  const moved = movedPlaces[(character.codePointAt(0) ?? 0) - 0xe815];
  if (moved !== undefined) return String.fromCodePoint(Number.parseInt(moved, 16));
  const folded = /[\u2E80-\u2FD5\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u.test(character)
    ? character.normalize('NFKC')
    : character;
  return folded === character ? null : folded;
}

const movedPlaces: readonly string[] = (
  '2E81 20087 20089 200CC 2E84 3473 3447 2E88 2E8B 9FB4 359E 361A 360E 2E8C 2E97 396E 3918 9FB5 39CF 39DF ' +
  '3A73 39D0 9FB6 9FB7 3B4E 3C6E 3CE0 2EA7 215D7 9FB8 2EAA 4056 415F 2EAE 4337 2EB3 2EB6 2EB7 2298F 43B1 ' +
  '43AC 2EBB 43DD 44D6 4661 464C 9FB9 4723 4729 477C 478D 2ECA 4947 497A 497D 4982 4983 4985 4986 499F ' +
  '499B 49B7 49B6 9FBA 241FE 4CA3 4C9F 4CA0 4CA1 4C77 4CA2 4D13 4D14 4D15 4D16 4D17 4D18 4D19 4DAE 9FBB'
).split(' ');

function codePointLabel(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
