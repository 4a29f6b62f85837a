import { describe, expect, it } from '@jest/globals';
import { checkRealEstateUnitCode, realEstateUnitCodeParts } from './real-estate-unit-code.ts';

describe('a real-estate unit code', () => {
  it.each([
    '110100001001GB00012F00030008',
    '110100001001gb00012f00030008',
    '110100 001001 GB00012 F00030008',
    '１１０１００001001ＧＢ00012F00030008',
  ])('is read from %p', (text) => {
    expect(checkRealEstateUnitCode(text)).toEqual({
      outcome: 'accepted',
      normalised: '110100001001GB00012F00030008',
      checksum: 'not-applicable',
      problem: null,
    });
  });

  it('has seven parts', () => {
    expect(realEstateUnitCodeParts('110100001001GB00012F00030008')).toEqual({
      area: '110100',
      cadastralArea: '001',
      cadastralSubArea: '001',
      parcelFeature: 'GB',
      parcelNumber: '00012',
      fixtureFeature: 'F',
      fixtureNumber: '00030008',
    });
  });

  it('may be land without a building', () => {
    expect(checkRealEstateUnitCode('110100001001GB00012W00000000')).toMatchObject({ problem: null });
  });

  it.each([
    '110100001001GB00012F0003000',
    '110100001001GB00012F00030008X',
    '11010000100100012F00030008GB',
    '110100-001001-GB00012-F00030008',
  ])('is kept with a warning when it reads %p', (text) => {
    expect(checkRealEstateUnitCode(text)).toEqual({
      outcome: 'accepted',
      normalised: text,
      checksum: 'not-applicable',
      problem: 'shape',
    });
    expect(realEstateUnitCodeParts(text)).toBeNull();
  });

  it('is not an empty text', () => {
    expect(checkRealEstateUnitCode(' ')).toEqual({ outcome: 'rejected', problem: 'empty' });
  });
});
