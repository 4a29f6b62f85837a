import type { Draws } from '../random.ts';

/** Amounts are whole cents inside the world and text outside of it. */
export const written = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** An amount whose size is spread evenly over its number of digits: small ones are as frequent as large ones. */
export function centsBetween(draws: Draws, fromYuan: number, toYuan: number): number {
  const size = Math.exp(Math.log(fromYuan) + draws.next() * Math.log(toYuan / fromYuan));
  return Math.floor(size * 100);
}
