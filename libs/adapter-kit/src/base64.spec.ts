import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64, toBase64 } from './base64.ts';

const runs = { seed: 4648, numRuns: 500 };
const unintelligible = expect.objectContaining({ reason: 'unintelligible' });

describe('base64', () => {
  it('gives back the bytes, also when the sender folds lines', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = toBase64(bytes);
        expect([...fromBase64(text)]).toEqual([...bytes]);
        expect([...fromBase64(text.replace(/(.{7})/g, '$1\r\n '))]).toEqual([...bytes]);
      }),
      runs,
    );
  });

  it('reads any text as bytes that give the text, or not at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ABab01+/=-_ \n张%')) }), (text) => {
        try {
          expect(toBase64(fromBase64(text))).toBe(text.replace(/[\t\n\r ]/g, ''));
        } catch (error) {
          expect(error).toEqual(unintelligible);
        }
      }),
      runs,
    );
  });

  it.each(['QQ', 'QQ=', 'QR==', 'Q===', 'QUJD-_', 'QUJDRA==QUJD', 'QU%JD', '张三'])('refuses %p', (text) => {
    expect(() => fromBase64(text)).toThrow(unintelligible);
  });
});
