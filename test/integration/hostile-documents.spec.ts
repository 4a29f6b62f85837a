import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const script = new URL('hostile/measure.ts', import.meta.url).pathname;
const run = (...names: string[]): string =>
  execFileSync(
    process.execPath,
    ['--conditions=source', '--expose-gc', '--disable-warning=ExperimentalWarning', script, ...names],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
const mostBytes = 64 * 1_048_576;

describe('a document of an attacker', () => {
  it.each(JSON.parse(run()) as string[])(
    'is unintelligible and takes no memory: %s',
    (name) => {
      const { said, grownBytes } = JSON.parse(run(name)) as { said: string; grownBytes: number };
      expect([name, said]).toEqual([name, 'NoAnswer']);
      expect(grownBytes).toBeLessThan(mostBytes);
    },
    60_000,
  );
});
