import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

/** The paths in backticks below the heading `## <heading>` of a Markdown text. `<profile>` stands for any folder. */
const pathsBelow = (markdown: string, heading: string): string[] => {
  const [, section = ''] = `\n${markdown}`.split(`\n## ${heading}\n`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/`((?:apps|libs)\/[^`\s]+\.ts)`/g)].map(([, path = '']) => path);
};

const filesAt = (path: string): string[] => globSync(path.replace(/<[^>]+>/g, '*'), { cwd: repository });
const readText = (path: string): string => readFileSync(join(repository, path), 'utf8');

describe('the main flow', () => {
  const steps = pathsBelow(readText('README.md'), 'The main flow, one file per step');

  it('is read from the list of the README', () => {
    const example = '# A\n\n## The flow\n\n1. `libs/a/src/b.ts` first\n\n## Other\n\n`libs/c/src/d.ts`\n';
    expect(pathsBelow(example, 'The flow')).toEqual(['libs/a/src/b.ts']);
  });

  it('is listed in the README, seven files or more', () => {
    expect(steps.length).toBeGreaterThanOrEqual(7);
  });

  it('exists file by file', () => {
    expect(steps.filter((path) => filesAt(path).length === 0)).toEqual([]);
  });

  it('tells in the first comment of each file what comes before and after it', () => {
    const silent = steps.flatMap(filesAt).filter((path) => !/^(?:import[^;]*;\s*)*\/\*\*/.test(readText(path)));
    expect(silent).toEqual([]);
  });
});
