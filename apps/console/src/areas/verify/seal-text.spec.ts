import { expect, it } from '@jest/globals';
import { readSeal } from './seal-text.ts';

const hash = `sha256:${'0a'.repeat(32)}`;

it('reads what the QR code of a document holds', () => {
  expect(readSeal(`rep_01ABC 3 ${hash}`)).toEqual({
    reportId: 'rep_01ABC',
    reportVersion: 3,
    proof: { contentHash: hash },
  });
});

it('reads what was typed from paper', () => {
  expect(readSeal(' REP_01ABC 第3版 abcd-efgh-jkmn-pqrs\n')).toEqual({
    ...{ reportId: 'rep_01ABC', reportVersion: 3 },
    proof: { code: 'ABCD-EFGH-JKMN-PQRS' },
  });
});

it.each(['', 'rep_01ABC 3', `rep_01ABC ${hash}`, `3 ${hash}`, 'rep_01ABC 3 sha256:12'])(
  'does not guess: %j',
  (text) => {
    expect(readSeal(text)).toBeNull();
  },
);
