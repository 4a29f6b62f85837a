import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leave } from './leave.ts';
import { type TamperingResult, tamperings, tamperWithLedger } from './ledger-tampering.ts';

/** Kind and first row of every way in which a ledger of 24 rows with checkpoints at 12 and 24 is changed. */
const expected: Readonly<Record<string, readonly [kind: string, row: number]>> = {
  'edit the text of a row': ['edited', 7],
  'edit a row and its hash': ['forked', 8],
  'edit the link of a row': ['edited', 7],
  'edit a reason': ['edited', 6],
  'remove a reason': ['edited', 6],
  'delete the first row': ['deleted', 1],
  'delete a row in the middle': ['deleted', 7],
  'delete the last row': ['truncated', 24],
  'insert a row in the middle': ['inserted', 8],
  'insert a row that fits nowhere': ['inserted', 8],
  'insert a row at the end': ['inserted', 25],
  'reorder two rows': ['reordered', 7],
  'swap two hashes': ['edited', 7],
  'truncate the end, and set the head back': ['truncated', 20],
  'truncate everything, and set the head back': ['truncated', 1],
  'fork: another end with sound hashes': ['forked', 24],
  'delete a row, and hash everything after it anew': ['forked', 12],
  'edit the first row, and hash the whole chain anew': ['forked', 12],
};

let results: readonly TamperingResult[];
beforeAll(async () => {
  results = await tamperWithLedger();
});

afterAll(() => {
  const detected = (results ?? []).filter((each) => each.detected);
  const named = detected.map(
    ({ case: name, kind, firstBrokenRow }) => `  ${name}: ${kind}, first wrong row ${firstBrokenRow}`,
  );
  const count = `ledger tampering: ${detected.length} of ${Object.keys(tamperings).length} cases detected`;
  leave('ledger', { rows: [], lines: [count, ...named] });
});

describe('a ledger that was changed behind its back', () => {
  it('is seen as changed in every way we know, with its first wrong row', () => {
    expect(Object.fromEntries(results.map((each) => [each.case, [each.kind, each.firstBrokenRow]]))).toEqual(expected);
    expect(results.every(({ detected }) => detected)).toBe(true);
    expect(results).toHaveLength(Object.keys(tamperings).length);
  });
});
