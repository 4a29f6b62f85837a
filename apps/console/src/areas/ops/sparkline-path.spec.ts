import { expect, it } from '@jest/globals';
import { piecesOf } from './sparkline-path.ts';

const frame = { width: 106, height: 46, high: 20 };

it('runs from zero at the lower edge to the highest value at the upper one', () => {
  expect(piecesOf([0, 20, 10], frame)).toEqual([
    [
      [3, 43],
      [53, 3],
      [103, 23],
    ],
  ]);
});

it('is broken where nothing is known, and does not fall to zero there', () => {
  const pieces = piecesOf([20, null, null, 20, 20], frame);
  expect(pieces.map((piece) => piece.length)).toEqual([1, 2]);
  for (const [, y] of pieces.flat()) expect(y).toBe(3);
});

it('is nothing where nothing is known', () => {
  expect(piecesOf([null, null], frame)).toEqual([]);
});
