import { expect, it } from '@jest/globals';
import { rangeOf } from './pack-range.ts';

it.each([
  ['1', '', { from: 1, to: null }],
  [' 41 ', '42', { from: 41, to: 42 }],
  ['7', '7', { from: 7, to: 7 }],
  ['', '', { wrong: 'from' }],
  ['0', '', { wrong: 'from' }],
  ['1', 'x', { wrong: 'to' }],
  ['9', '8', { wrong: 'to' }],
])('%s to %s', (from, to, range) => expect(rangeOf(from, to)).toEqual(range));
