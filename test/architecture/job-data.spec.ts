import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { findNodes, parseSource, readSources, type SourceFile } from './source-files.ts';

/** What may travel through the queue: own ids, and numbers that say which part of an inquiry is meant. */
const harmless = /(?:Id|No)$|^generation$/;

/** The fields of every schema in a file, and what makes a schema let unknown fields through. */
const faultsOf = ({ tree }: SourceFile): string[] =>
  findNodes(tree, ts.isCallExpression)
    .filter(ts.isCallExpression)
    .flatMap(({ expression, arguments: [fields] }) => {
      const called = expression.getText(tree);
      if (/\.(?:object|looseObject|record|unknown|any|passthrough|catchall)$/.test(called)) return [called];
      if (called !== 'z.strictObject' || !fields || !ts.isObjectLiteralExpression(fields)) return [];
      return fields.properties.map(({ name }) => name?.getText(tree) ?? '…').filter((name) => !harmless.test(name));
    });

describe('the data of jobs', () => {
  it.each([
    ['const jobSchema = z.strictObject({ inquiryId: z.string(), debtorName: z.string() });', 'debtorName'],
    ['const jobSchema = z.object({ inquiryId: z.string() });', 'z.object'],
    ['const jobSchema = z.strictObject({ ...inquirySchema.shape });', '…'],
  ])('are refused when they could say something about a person: %s', (text, fault) => {
    expect(faultsOf(parseSource('libs/queue/src/jobs.ts', text))).toEqual([fault]);
  });

  it('are ids and small numbers only', () => {
    const files = readSources().filter(({ path }) => path === 'libs/queue/src/jobs.ts');
    expect(files.map(({ path }) => path)).toEqual(['libs/queue/src/jobs.ts']);
    expect(files.flatMap(faultsOf)).toEqual([]);
  });
});
