import { describe, expect, it } from '@jest/globals';
import { checkIban } from './iban.ts';

describe('an IBAN', () => {
  it.each(['ES8099990001450000000001', 'DE93999999990000000001', 'es80 9999 0001 4500 0000 0001'])(
    'accepts %p',
    (text) => {
      expect(checkIban(text)).toMatchObject({ outcome: 'accepted', checksum: 'ok', problem: null });
    },
  );

  it('accepts one whose check does not agree with a warning', () => {
    expect(checkIban('ES8199990001450000000001')).toEqual({
      outcome: 'accepted',
      normalised: 'ES8199990001450000000001',
      checksum: 'failed',
      problem: 'check-digit',
    });
  });

  it.each([
    ['6299990000000000012', 'characters'],
    ['ES80', 'length'],
    ['', 'empty'],
  ])('rejects %p: %s', (text, problem) => {
    expect(checkIban(text)).toEqual({ outcome: 'rejected', problem });
  });
});
