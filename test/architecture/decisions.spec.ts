import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

const folder = join(repository, 'docs/decisions');
const notes = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .toSorted();

/** What is wrong with one note; one sentence each. */
const faultsOf = (name: string, text: string): string[] => {
  const number = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md$/.exec(name)?.[1];
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  return [
    ...(number === undefined ? [`${name}: the name is a number of four digits and words in kebab-case`] : []),
    ...(number !== undefined && !text.startsWith(`# ${number} `)
      ? [`${name}: the title begins with "# ${number} "`]
      : []),
    ...(headings.join() === 'Context,Choice,Price' ? [] : [`${name}: the headings are Context, Choice, Price`]),
  ];
};

const textsThatMayLink = (): string =>
  [
    '{apps,libs,test,scripts}/**/*.{ts,mjs}',
    'docs/**/*.md',
    '*.{md,mjs,json}',
    '.dependency-cruiser.mjs',
    'libs/**/*.md',
  ]
    .flatMap((pattern) => globSync(pattern, { cwd: repository }))
    .filter((path) => path !== 'docs/decisions/README.md' && !path.startsWith('test/architecture/'))
    .map((path) => readFileSync(join(repository, path), 'utf8'))
    .join('\n');

describe('the decisions', () => {
  it('are refused without number, title and the three headings', () => {
    expect(faultsOf('queue.md', '# Queue\n\n## Context\n')).toHaveLength(2);
    expect(faultsOf('0001-queue.md', '# 0002 Queue\n\n## Context\n\n## Choice\n\n## Price\n')).toHaveLength(1);
    expect(faultsOf('0001-queue.md', '# 0001 Queue\n\n## Context\n\n## Choice\n\n## Price\n')).toEqual([]);
  });

  it('have number, title and the three headings', () => {
    expect(notes.flatMap((name) => faultsOf(name, readFileSync(join(folder, name), 'utf8')))).toEqual([]);
  });

  it('are numbered without a gap', () => {
    const numbers = notes.map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });

  it('are linked from what they bind, and the link leads to them', () => {
    const text = textsThatMayLink();
    const linked = [...new Set([...text.matchAll(/decisions\/(\d{4}-[a-z0-9-]+\.md)/g)].map(([, name = '']) => name))];
    expect(notes.filter((name) => !linked.includes(name))).toEqual([]);
    expect(linked.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
  });
});
