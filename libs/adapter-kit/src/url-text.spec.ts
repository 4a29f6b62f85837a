import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeForm, readForm } from './form.ts';
import { decodeUrlText, encodeUrlText } from './url-text.ts';

const runs = { seed: 3986, numRuns: 500 };
const unintelligible = expect.objectContaining({ reason: 'unintelligible' });
const inGbk = fc.stringMatching(/^[一-龥a-z ,+%&=·（）]{0,20}$/u);

describe('URL-encoded text', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(inGbk, fc.constantFrom('utf-8' as const, 'gbk' as const), (text, charset) => {
        const encoded = encodeUrlText(text, charset);
        expect(encoded).toMatch(/^[A-Za-z0-9\-_.~%]*$/);
        expect(decodeUrlText(encoded, charset)).toBe(text);
      }),
      runs,
    );
  });

  it('never crashes and never hangs on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('%0123abF+张 =&')) }),
        fc.constantFrom('utf-8' as const, 'gbk' as const),
        (text, charset) => {
          try {
            expect(typeof decodeUrlText(text, charset)).toBe('string');
          } catch (error) {
            expect(error).toEqual(unintelligible);
          }
        },
      ),
      runs,
    );
  });

  it.each([
    ['%D5%C5%C8%FD', 'gbk', '张三'],
    ['%E5%BC%A0%e4%b8%89', 'utf-8', '张三'],
    ['%81A', 'gbk', '丄'], // the second byte left as the ASCII letter that it is
    ['a+b%2Bc%20d', 'utf-8', 'a b+c d'],
    ['张%E4%B8%89', 'utf-8', '张三'],
    ['', 'gbk', ''],
  ] as const)('%s in %s is %s', (text, charset, expected) => {
    expect(decodeUrlText(text, charset)).toBe(expected);
  });

  it.each([
    ['100%', 'utf-8'],
    ['%4', 'utf-8'],
    ['%GG', 'utf-8'],
    ['%D5%C5', 'utf-8'],
    ['%FF%FF', 'gbk'],
    ['𠮷%41', 'gbk'],
  ] as const)('refuses %s in %s', (text, charset) => {
    expect(() => decodeUrlText(text, charset)).toThrow(unintelligible);
  });

  it('refuses to mangle a name', () => {
    expect(() => encodeUrlText('𠮷野', 'gbk')).toThrow(expect.objectContaining({ reasonCode: 'lossy-encoding' }));
  });
});

describe('a form', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
        (fields) => {
          expect(Object.entries(readForm(encodeForm(fields)))).toEqual(Object.entries(fields));
        },
      ),
      runs,
    );
  });

  it.each(['a=%', 'a=1&a=2'])('is refused when it reads %s', (text) => {
    expect(() => readForm(text)).toThrow(unintelligible);
  });

  it('keeps empty values and equals signs', () => {
    expect(readForm('a=&b&c=1=2&')).toEqual({ a: '', b: '', c: '1=2' });
  });
});
