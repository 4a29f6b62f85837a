import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkOrgCode, orgCodeCheckCharacter } from './org-code.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const first8s = fc
  .array(fc.constantFrom(...Array.from(alphabet)), { minLength: 8, maxLength: 8 })
  .map((characters) => characters.join(''));

describe('an organisation code', () => {
  it.each([
    ['MA00XY018', 'MA00XY018'],
    ['MA00XY01-8', 'MA00XY018'],
    ['ma00xy01－8', 'MA00XY018'],
    ['XXXX0006X', 'XXXX0006X'],
    ['XXXX00190', 'XXXX00190'],
    ['XXXX00019', 'XXXX00019'],
  ])('accepts %p as %s', (text, normalised) => {
    expect(checkOrgCode(text)).toEqual({ outcome: 'accepted', normalised, checksum: 'ok', problem: null });
  });

  it('accepts a check character that does not agree with a warning', () => {
    expect(checkOrgCode('MA00XY019')).toEqual({
      outcome: 'accepted',
      normalised: 'MA00XY019',
      checksum: 'failed',
      problem: 'check-character',
    });
  });

  it.each([
    ['MA00XY01', 'length'],
    ['MA00XY01号', 'characters'],
    [' ', 'empty'],
  ])('rejects %p: %s', (text, problem) => {
    expect(checkOrgCode(text)).toEqual({ outcome: 'rejected', problem });
  });

  it('passes when generated, with and without the hyphen', () => {
    fc.assert(
      fc.property(first8s, (first8) => {
        const last = orgCodeCheckCharacter(first8);
        expect(checkOrgCode(`${first8}-${last}`)).toEqual(checkOrgCode(first8 + last));
        expect(checkOrgCode(first8 + last)).toMatchObject({ checksum: 'ok', problem: null });
      }),
      { seed: 11714, numRuns: 500 },
    );
  });
});
