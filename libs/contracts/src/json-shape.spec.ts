import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonShape } from './json-shape.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('the shape of a JSON text', () => {
  it('is as deep as what it says, whatever stands in its texts', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false } as object), (value) => {
        const depth = depthOf(value);
        const text = JSON.stringify(value);
        expect(jsonShape(text, { maxDepth: depth, maxValues: 1e9 })).toBe('fine');
        if (depth > 0) expect(jsonShape(text, { maxDepth: depth - 1, maxValues: 1e9 })).toBe('too-deep');
      }),
    );
  });

  it('has a limit for depth and one for number', () => {
    const limits = { maxDepth: 3, maxValues: 4 };
    expect(jsonShape('[[[1]]]', limits)).toBe('fine');
    expect(jsonShape('[[[[1]]]]', limits)).toBe('too-deep');
    expect(jsonShape('{"a":{"b":[{}]}}', limits)).toBe('too-deep');
    expect(jsonShape('[1,2,3,4]', limits)).toBe('fine');
    expect(jsonShape('[1,2,3,4,5]', limits)).toBe('too-many');
    expect(jsonShape('"[[[[,,,,\\"[[[["', limits)).toBe('fine');
  });
});
