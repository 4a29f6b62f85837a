import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packRows, unpackRows } from './row-pack.ts';

const row = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'same'), fc.jsonValue(), {
  noNullPrototype: false,
});
const asText = (rows: readonly unknown[]) => rows.map((each) => JSON.stringify(each));

describe('packed rows', () => {
  it('come back equal through JSON, with their order and the order of their keys', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const plain = rows.map((each) => JSON.parse(JSON.stringify(each)) as Record<string, unknown>);
        const back = unpackRows(JSON.parse(JSON.stringify(packRows(plain))) as ReturnType<typeof packRows>);
        expect(asText(back)).toEqual(asText(plain));
      }),
    );
  });

  it('tell a missing key from null and from an empty list', () => {
    const rows = [{ a: null }, {}, { a: [] }, { a: null, b: 0 }];
    expect(unpackRows(packRows(rows))).toEqual(rows);
    expect(Object.keys(unpackRows(packRows(rows))[1] ?? { a: 1 })).toEqual([]);
  });

  it('hold what all rows share once', () => {
    const rows = Array.from({ length: 50 }, (_, no) => ({ no, shared: { like: 'this' } }));
    expect(JSON.stringify(packRows(rows)).match(/like/g)).toHaveLength(1);
  });
});
