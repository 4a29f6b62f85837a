import { describe, expect, it } from '@jest/globals';
import { edges, parsingInside, quietEdges } from './edges.ts';
import { parseSource, readSources } from './source-files.ts';

const parsing = parseSource('libs/store/src/rows.ts', '\nconst row = rowSchema.safeParse(value);');
const quiet = parseSource('libs/store/src/journal.ts', "const day = Date.parse('2025-01-01');");

describe('parsing', () => {
  it('inside is seen, with its place', () => {
    expect(parsingInside(parsing, [])).toEqual(['libs/store/src/rows.ts:2']);
  });

  it.each(['libs/store/src/rows.ts', 'libs/*/src/rows.ts'])('at an edge is allowed: %s', (path) => {
    expect(parsingInside(parsing, [{ path, parses: 'rows' }])).toEqual([]);
  });

  it('is not mistaken for taking a string apart', () => {
    expect(parsingInside(quiet, [])).toEqual([]);
  });

  it('that has gone takes its edge with it', () => {
    const journal = { path: 'libs/store/src/journal.ts', parses: 'rows' };
    expect(quietEdges([parsing, quiet], [journal])).toEqual([journal]);
  });

  it('happens only at the edges of the product', () => {
    expect(readSources().flatMap((file) => parsingInside(file))).toEqual([]);
  });

  it('happens at every edge that is listed', () => {
    expect(quietEdges(readSources())).toEqual([]);
    expect(new Set(edges.map(({ path }) => path)).size).toBe(edges.length);
  });
});
