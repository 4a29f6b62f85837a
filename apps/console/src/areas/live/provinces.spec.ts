import { expect, it } from '@jest/globals';
import { provinces } from './provinces.ts';

it('has 34 tiles, each at a place of its own, in reading order', () => {
  expect(provinces).toHaveLength(34);
  const places = provinces.map(({ column, row }) => row * 9 + column);
  expect(new Set(places).size).toBe(34);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(new Set(provinces.map(({ code }) => code)).size).toBe(34);
});
