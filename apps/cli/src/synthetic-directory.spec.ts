import { describe, expect, it } from '@jest/globals';
import { agencySchema } from '#contracts';
import fc from 'fast-check';
import { z } from 'zod';
import { syntheticDirectory } from './synthetic-directory.ts';

const sizes = fc.integer({ min: 10, max: 5_000 });
const different = (texts: readonly string[]): number => new Set(texts).size;

describe('the synthetic directory', () => {
  it('has as many agencies as asked for, each of them well-formed', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const agencies = syntheticDirectory(size);
        expect(agencies).toHaveLength(size);
        expect(z.array(agencySchema).safeParse(agencies).error).toBeUndefined();
      }),
      { numRuns: 20, examples: [[10], [11], [5_000]] },
    );
  });

  it('names nobody twice: ids are unique, codes are unique within a channel', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const agencies = syntheticDirectory(size);
        expect(different(agencies.map(({ agencyId }) => agencyId))).toBe(size);
        expect(different(agencies.map(({ channelId, code }) => `${channelId} ${code}`))).toBe(size);
      }),
      { numRuns: 20, examples: [[10], [5_000]] },
    );
  });

  it('is the same for the same size', () => {
    expect(syntheticDirectory(400)).toEqual(syntheticDirectory(400));
  });

  it('is mostly banks and has all four channels', () => {
    const perChannel = Map.groupBy(syntheticDirectory(300), ({ channelId }) => channelId);
    expect([...perChannel].map(([channelId, group]) => [channelId, group.length])).toEqual([
      ['bank-national', 270],
      ['registry-province', 10],
      ['registry-city', 10],
      ['vehicle-national', 10],
    ]);
  });
});
