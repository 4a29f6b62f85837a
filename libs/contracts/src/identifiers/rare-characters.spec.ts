import { describe, expect, it } from '@jest/globals';
import { rareCharacters } from './rare-characters.ts';

const levels = (name: string) => rareCharacters(name).map(({ label, level }) => `${label} ${level}`);

describe('the rare characters of a name', () => {
  it('are named by their code points and levels, each once, in order', () => {
    expect(levels('王㼆𠮷䶮喆𠮷')).toEqual(['U+3F06 level-1', 'U+20BB7 level-2-3', 'U+4DAE level-1', 'U+5586 gbk']);
  });

  it.each([
    ['葛\u{E0100}', 'U+E0100 selector'],
    ['王\uE000', 'U+E000 private-use'],
    ['王\u{F0000}', 'U+F0000 private-use'],
    ['王\uFFFD', 'U+FFFD lost'],
    ['王\u9FA6', 'U+9FA6 level-1'],
    ['王\u9FF0', 'U+9FF0 none'],
    ['王\u{30000}', 'U+30000 none'],
    ['王\uFA0E', 'U+FA0E gbk'],
    ['王\uD842', 'U+D842 none'],
  ])('of %p are %p', (name, found) => {
    expect(levels(name)).toEqual([found]);
  });

  it.each(['张三', '买买提·艾合买提', '买买提•艾合买提', '示例（北京）商贸有限公司', 'O’Neil', ''])(
    'are none in %p',
    (name) => {
      expect(rareCharacters(name)).toEqual([]);
    },
  );

  it('are whatever is not among the 6,763 of GB 2312', () => {
    const block = Array.from({ length: 0x9fa5 - 0x4e00 + 1 }, (_, at) => String.fromCodePoint(0x4e00 + at));
    expect(block.length - rareCharacters(block.join('')).length).toBe(6_763);
  });

  it('in the private places of older systems are the very ones that the standard decodes there today', () => {
    const trails = Array.from({ length: 81 }, (_, at) => 0x50 + at).filter((trail) => trail !== 0x7f);
    const decoder = new TextDecoder('gb18030');
    const moved = trails.map((trail) => decoder.decode(Uint8Array.of(0xfe, trail)));
    const told = trails.map((_, at) => rareCharacters(String.fromCharCode(0xe815 + at))[0]?.standard?.character);
    const differing = moved.flatMap((character, at) => (character === told[at] ? [] : [told[at]]));
    // six of them stand beyond the first plane, and the decoder leaves them where they were
    expect(differing).toEqual(['\u{20087}', '\u{20089}', '\u{200CC}', '\u{215D7}', '\u{2298F}', '\u{241FE}']);
  });

  it.each([
    ['\uE863', '䶮'],
    ['\uF900', '豈'],
    ['\u2F00', '一'],
    ['\u{2F81A}', '冬'],
  ])('lead to the standard one: %p to %p', (character, standard) => {
    expect(rareCharacters(character)[0]?.standard?.character).toBe(standard);
  });

  it.each(['\uE000', '\uE865', '\uE814', '𠮷', '喆', '\uFA0E'])('have none in place of %p', (character) => {
    expect(rareCharacters(character)).toMatchObject([{ standard: null }]);
  });
});
