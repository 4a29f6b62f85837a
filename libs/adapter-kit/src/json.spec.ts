import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from './json.ts';

const unintelligible = expect.objectContaining({ reason: 'unintelligible' });
const parse = (text: string): unknown => parseJson(Buffer.from(text));

describe('JSON of the wire', () => {
  it('keeps every number as it was written', () => {
    expect(parse('{"a":12345678901234567890,"b":88.1600,"c":1e400,"d":-0,"e":[0.10]}')).toEqual({
      a: '12345678901234567890',
      b: '88.1600',
      c: '1e400',
      d: '-0',
      e: ['0.10'],
    });
  });

  it('reads whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\\u[dD]/.test(text));
        const asText = JSON.parse(text, (_, each: unknown) => (typeof each === 'number' ? JSON.stringify(each) : each));
        expect(parse(text)).toEqual(asText);
      }),
      { seed: 8259, numRuns: 500 },
    );
  });

  it('never crashes on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          parseJson(bytes);
        } catch (error) {
          expect(error).toEqual(unintelligible);
        }
      }),
      { seed: 8260, numRuns: 500 },
    );
  });

  it.each([
    '',
    '{"code":0000}',
    '{"a":1,"a":2}',
    '[1,]',
    '{a:1}',
    '[NaN]',
    '"\\ud842"',
    '{"\\ud842":1}',
    '['.repeat(1_000_000),
  ])('refuses what is none', (text) => {
    expect(() => parse(text)).toThrow(unintelligible);
  });

  it('keeps a pair of surrogates that is written as escapes', () => {
    expect(parse('"\\ud842\\udfb7"')).toBe('𠮷');
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xd5, 0xc5, 0x22))).toThrow(unintelligible);
  });
});
