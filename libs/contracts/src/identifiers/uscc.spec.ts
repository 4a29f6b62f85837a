import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { orgCodeCheckCharacter } from './org-code.ts';
import { checkUscc, orgCodeOfUscc, usccCheckCharacter } from './uscc.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const runs = { seed: 32100, numRuns: 500 };

/** Codes of area 99, which does not exist, with an organisation code that agrees. */
const usccs = fc
  .array(fc.constantFrom(...Array.from(alphabet)), { minLength: 8, maxLength: 8 })
  .map((characters) => characters.join(''))
  .map((first8) => `91990100${first8}${orgCodeCheckCharacter(first8)}`)
  .map((first17) => first17 + usccCheckCharacter(first17));

describe('a unified social credit code', () => {
  it.each([
    ['91110000MA00XY018L', 'MA00XY018'],
    ['91110000ma00xy018l', 'MA00XY018'],
    ['91110000-MA00XY01-8L', 'MA00XY018'],
    ['９１１１００００ＭＡ００ＸＹ０１８Ｌ', 'MA00XY018'],
    ['91990100XXXX00019T', 'XXXX00019'],
    ['91990100XXXX0006XX', 'XXXX0006X'],
    ['91990100XXXX002460', 'XXXX00246'],
  ])('accepts %p with the organisation code %s inside', (text, orgCode) => {
    const check = checkUscc(text);
    expect(check).toMatchObject({ outcome: 'accepted', checksum: 'ok', problem: null });
    expect(check.outcome === 'accepted' && orgCodeOfUscc(check.normalised)).toBe(orgCode);
  });

  it.each([
    ['91110000MA00XY018M', 'failed', 'check-character'],
    ['91990100XXXX00018P', 'ok', 'organisation-code'],
  ])('accepts %p with a warning: %s, %s', (text, checksum, problem) => {
    expect(checkUscc(text)).toEqual({ outcome: 'accepted', normalised: text, checksum, problem });
  });

  it.each([
    ['9111OOOOMA00XY018L', 'forbidden-letter'],
    ['91110000MA00XY018', 'length'],
    ['91110000MA00XY01/L', 'characters'],
    ['', 'empty'],
  ])('rejects %p: %s', (text, problem) => {
    expect(checkUscc(text)).toEqual({ outcome: 'rejected', problem });
  });

  it('gives no organisation code for what has not its form', () => {
    expect(() => orgCodeOfUscc('91110000MA00XY018')).toThrow(RangeError);
    expect(() => usccCheckCharacter('91110000MA00XY01O')).toThrow(RangeError);
  });
});

describe('a generated unified social credit code', () => {
  it('passes and is normalised already', () => {
    fc.assert(
      fc.property(usccs, (code) => {
        expect(checkUscc(code)).toEqual({ outcome: 'accepted', normalised: code, checksum: 'ok', problem: null });
      }),
      runs,
    );
  });

  it('fails when any one character is another', () => {
    fc.assert(
      fc.property(usccs, fc.nat(17), fc.constantFrom(...Array.from(alphabet)), (code, place, character) => {
        fc.pre(code.charAt(place) !== character);
        const changed = code.slice(0, place) + character + code.slice(place + 1);
        expect(checkUscc(changed)).toMatchObject({ outcome: 'accepted', checksum: 'failed' });
      }),
      runs,
    );
  });

  it('is judged as an independent library judges it, which cannot read the check character 0', () => {
    const oracle = stdnum['CN']?.['uscc'];
    expect(oracle?.validate('91990100XXXX002460').isValid).toBe(false);
    fc.assert(
      fc.property(usccs, fc.constantFrom(...Array.from(alphabet.slice(1))), (code, last) => {
        const other = code.slice(0, 17) + last;
        const check = checkUscc(other);
        expect(check.outcome === 'accepted' && check.checksum === 'ok').toBe(oracle?.validate(other).isValid);
      }),
      runs,
    );
  });
});
