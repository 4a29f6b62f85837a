/** A list that has a first element, so that picking from it always gives one. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Draws that depend on nothing but the keys they were made from. */
export interface Draws {
  /** The next number in [0, 1). */
  next(): number;
  /** A whole number from 0 to `bound` − 1. */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(list: NonEmpty<T>): T;
  /** `count` decimal digits. */
  digits(count: number): string;
}

const seeds = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762] as const;
const factors = [597_399_067, 2_869_860_233, 951_274_213, 2_716_044_179] as const;

/** Four words of 32 bits that differ when any character of the text does. */
function hashWords(text: string): [number, number, number, number] {
  let [a, b, c, d]: [number, number, number, number] = [...seeds];
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    a = b ^ Math.imul(a ^ unit, factors[0]);
    b = c ^ Math.imul(b ^ unit, factors[1]);
    c = d ^ Math.imul(c ^ unit, factors[2]);
    d = a ^ Math.imul(d ^ unit, factors[3]);
  }
  a = Math.imul(c ^ (a >>> 18), factors[0]);
  b = Math.imul(d ^ (b >>> 22), factors[1]);
  c = Math.imul(a ^ (c >>> 17), factors[2]);
  d = Math.imul(b ^ (d >>> 19), factors[3]);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** Draws for these keys: the same keys give the same draws in every process, in whatever order they are asked for. */
export function drawsFor(...keys: readonly (string | number)[]): Draws {
  let [a, b, c, d] = hashWords(keys.join('\u0000'));
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}
