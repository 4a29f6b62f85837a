import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkVin, vinCheckCharacter } from './vin.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
const vins = fc
  .array(fc.constantFrom(...Array.from(alphabet)), { minLength: 17, maxLength: 17 })
  .map((characters) => characters.join(''))
  .map((text) => text.slice(0, 8) + vinCheckCharacter(text) + text.slice(9));

describe('a VIN', () => {
  it.each([
    ['LTESTA1B7R0000001', 'LTESTA1B7R0000001'],
    ['LTESTA1BXR0000008', 'LTESTA1BXR0000008'],
    ['ltesta1b7r0000001', 'LTESTA1B7R0000001'],
    ['LTESTA1B 7R-0000001', 'LTESTA1B7R0000001'],
  ])('accepts %p', (text, normalised) => {
    expect(checkVin(text)).toEqual({ outcome: 'accepted', normalised, checksum: 'ok', problem: null });
  });

  it.each(['LTESTA1B7R0000002', 'LTESTA1B8R0000001'])('accepts %p with a warning', (text) => {
    expect(checkVin(text)).toEqual({
      outcome: 'accepted',
      normalised: text,
      checksum: 'failed',
      problem: 'check-character',
    });
  });

  it.each([
    ['LTESTA1B7R000000I', 'forbidden-letter'],
    ['LTESTA1B7R000000O', 'forbidden-letter'],
    ['LTESTA1B7R000000Q', 'forbidden-letter'],
    ['LTESTA1B7R000000车', 'characters'],
    ['001', 'length'],
    ['', 'empty'],
  ])('rejects %p: %s', (text, problem) => {
    expect(checkVin(text)).toEqual({ outcome: 'rejected', problem });
  });

  it.each([
    ['LTESTA1B7R000001', 'length'],
    ['000000001', 'length'],
    ['0001', 'partial'],
    ['R0000001', 'partial'],
  ])('has no check in %p: %s', (text, problem) => {
    expect(checkVin(text)).toEqual({ outcome: 'accepted', normalised: text, checksum: 'not-applicable', problem });
  });

  it('passes when generated', () => {
    fc.assert(
      fc.property(vins, (vin) => {
        expect(checkVin(vin)).toEqual({ outcome: 'accepted', normalised: vin, checksum: 'ok', problem: null });
      }),
      { seed: 3779, numRuns: 300 },
    );
  });
});
