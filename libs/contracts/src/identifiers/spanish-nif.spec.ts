import { describe, expect, it } from '@jest/globals';
import { stdnum } from 'stdnum';
import { checkSpanishNif } from './spanish-nif.ts';

describe('a Spanish NIF', () => {
  it.each(['00000001R', '00000001-r'])('accepts %p', (text) => {
    expect(checkSpanishNif(text)).toMatchObject({ outcome: 'accepted', normalised: '00000001R', checksum: 'ok' });
  });

  it('agrees with an independent library for every remainder', () => {
    for (let number = 0; number < 23; number += 1) {
      const nif = `${String(number).padStart(8, '0')}R`;
      expect(checkSpanishNif(nif)).toMatchObject({
        checksum: stdnum['ES']?.['dni']?.validate(nif).isValid ? 'ok' : 'failed',
      });
    }
  });

  it.each([
    ['0000001R', 'length'],
    ['B00000001', 'characters'],
    ['', 'empty'],
  ])('rejects %p: %s', (text, problem) => {
    expect(checkSpanishNif(text)).toEqual({ outcome: 'rejected', problem });
  });
});
