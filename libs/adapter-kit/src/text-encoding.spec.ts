import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeText, encodeText, unencodable, type Charset } from './text-encoding.ts';

const runs = { seed: 2312, numRuns: 500 };
const charsets = fc.constantFrom<Charset>('utf-8', 'gbk', 'gb18030');
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[一-鿿a-z〇·（）?]{0,20}$/u),
);

/** What a strict codec may do: succeed, or fail with a reason of ours. */
function outcomeOf<Result>(work: () => Result): Result | string {
  try {
    return work();
  } catch (error) {
    return (error as { reason: string }).reason;
  }
}

describe('encoded text', () => {
  it('comes back as it was, or does not leave', () => {
    fc.assert(
      fc.property(anyText, charsets, (text, charset) => {
        fc.pre(!text.startsWith('\uFEFF'));
        const bytes = outcomeOf(() => encodeText(text, charset));
        if (typeof bytes === 'string')
          expect([bytes, unencodable(text, charset) === null]).toEqual(['identity-mismatch', false]);
        else expect([decodeText(bytes, charset), unencodable(text, charset)]).toEqual([text, null]);
      }),
      runs,
    );
  });

  it.each([
    ['gbk', '𠮷野', '𠮷'],
    ['gbk', '张㼆', '㼆'],
    ['gbk', '张三', null],
    ['gbk', '买买提·艾合买提', null],
    ['gb18030', '𠮷野㼆', null],
    ['utf-8', '𠮷野', null],
    ['utf-8', `张${'\ud842'}`, '\ud842'],
  ] as const)('in %s names the first character it cannot carry in %s: %s', (charset, text, character) => {
    expect(unencodable(text, charset)).toBe(character);
  });

  it('fails loudly with a stable code', () => {
    expect(() => encodeText('𠮷野', 'gbk')).toThrow(
      expect.objectContaining({ reason: 'identity-mismatch', reasonCode: 'lossy-encoding' }),
    );
    expect(() => encodeText('𠮷野', 'gbk')).not.toThrow('野');
  });

  it('keeps a question mark that was there before', () => {
    expect(decodeText(encodeText('张三?', 'gbk'), 'gbk')).toBe('张三?');
  });
});

describe('decoded bytes', () => {
  it('are text without replacement characters, or unintelligible', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), charsets, (bytes, charset) => {
        const text = outcomeOf(() => decodeText(bytes, charset));
        expect(text === 'unintelligible' || !text.includes('\uFFFD') || charset === 'utf-8').toBe(true);
      }),
      runs,
    );
  });

  it.each([
    ['gbk', [0xd5, 0xc5, 0xc8, 0xff]],
    ['gbk', [0x81]],
    ['utf-8', [0xd5, 0xc5, 0xc8, 0xfd]],
    ['gb18030', [0x95, 0x34, 0xb2]],
  ] as const)('of %s refuse %p', (charset, bytes) => {
    expect(outcomeOf(() => decodeText(Uint8Array.from(bytes), charset))).toBe('unintelligible');
  });

  it('lose a byte order mark at the start', () => {
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'utf-8')).toBe('a');
  });
});
