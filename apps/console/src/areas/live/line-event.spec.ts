import { expect, it } from '@jest/globals';
import { readLineEvent } from './line-event.ts';

const line = {
  agencyId: 'bank.bailu',
  category: 'bank',
  verdict: 'found',
  reason: null,
  assetCount: 3,
  answeredAt: '2026-11-22T14:06:00+08:00',
};

it('reads one line and several', () => {
  expect(readLineEvent(JSON.stringify({ seq: 42, ...line }))).toEqual({ seq: 42, lines: [line] });
  expect(
    readLineEvent(JSON.stringify({ seq: 43, lines: [line, { ...line, agencyId: 'bank.yunshan' }] }))?.lines,
  ).toHaveLength(2);
});

it.each([
  ['nonsense', '<html>'],
  ['no number', JSON.stringify(line)],
  ['a verdict nobody knows', JSON.stringify({ seq: 1, ...line, verdict: 'none' })],
  ['one line of two', JSON.stringify({ seq: 1, lines: [line, { agencyId: 'bank.yunshan' }] })],
])('reads the page again instead of guessing at %s', (_, data) => expect(() => readLineEvent(data)).toThrow());
