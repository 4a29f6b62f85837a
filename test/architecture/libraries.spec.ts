import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

const root = join(repository, 'libs');
const libraries = readdirSync(root).toSorted();
const { imports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  imports: Record<string, { source: string; default: string }>;
};

/** The first paragraph below the title of a Markdown text. */
const firstParagraph = (markdown: string): string =>
  markdown
    .replace(/^# .*\n+/, '')
    .split('\n\n', 1)
    .join('');

describe('a library', () => {
  it.each(libraries)('begins its README with what may not go into it: %s', (library) => {
    const readme = join(root, library, 'README.md');
    expect(existsSync(readme) && firstParagraph(readFileSync(readme, 'utf8'))).toMatch(/\b(?:not|nothing|never|no)\b/i);
  });

  it.each(libraries)('has a #name: %s', (library) => {
    expect(Object.keys(imports)).toContain(`#${library}`);
  });

  it.each(Object.entries(imports))('has the same door in source and dist, and the door is there: %s', (_name, door) => {
    expect(door.default).toBe(door.source.replace('./', './dist/').replace(/\.ts$/, '.js'));
    expect(existsSync(join(repository, door.source))).toBe(true);
  });
});
