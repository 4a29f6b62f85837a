import { describe, expect, it } from '@jest/globals';
import { sourcePaths } from './source-files.ts';

/** What the projects of jest.config.mjs run; a spec anywhere else would never run, and nobody would be told. */
const homes = /^(?:apps|libs|test\/(?:architecture|integration|security|e2e|browser|faults))\//;
const loneSpecs = (paths: readonly string[]): string[] =>
  paths.filter((path) => /\.spec\.tsx?$/.test(path) && !homes.test(path));

describe('a spec', () => {
  it('is seen when no project of jest runs it', () => {
    expect(loneSpecs(['test/load/crowd.spec.ts', 'libs/queue/src/jobs.spec.ts'])).toEqual(['test/load/crowd.spec.ts']);
  });

  it('belongs to a project of jest', () => {
    expect(loneSpecs(sourcePaths())).toEqual([]);
  });
});
