import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './small-tree.ts';

/** Every text by its key, without the ending that only counts (`_one`, `_other`): languages count differently. */
function textsOf(path: string): ReadonlyMap<string, string> {
  const flat = (value: unknown, key: string): [string, string][] =>
    typeof value === 'string'
      ? [[key.replace(/_(?:zero|one|two|few|many|other)$/, ''), value]]
      : Object.entries(value as object).flatMap(([name, each]) => flat(each, key === '' ? name : `${key}.${name}`));
  return new Map(flat(JSON.parse(readFileSync(join(repository, path), 'utf8')), ''));
}

const placeholders = (text: string) => [...new Set(text.match(/\{\{[^}]+\}\}/g))].toSorted();

const folders = globSync('apps/console/src/**/words/zh-CN.json', { cwd: repository }).map((path) => dirname(path));

it('finds the words', () => expect(folders.length).toBeGreaterThan(3));

describe.each(folders)('%s', (folder) => {
  const [zh, en] = ['zh-CN', 'en'].map((language) => textsOf(`${folder}/${language}.json`)) as [
    ReadonlyMap<string, string>,
    ReadonlyMap<string, string>,
  ];

  it('says the same things in both languages', () => {
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted());
  });

  it('names the same values in both languages', () => {
    const differ = [...zh].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join(),
    );
    expect(differ.map(([key]) => key)).toEqual([]);
  });

  it('leaves nothing empty', () => {
    const empty = [...zh, ...en].filter(([, text]) => text.trim() === '');
    expect(empty.map(([key]) => key)).toEqual([]);
  });
});

describe('components', () => {
  const files = globSync('apps/console/src/**/*.tsx', {
    cwd: repository,
    exclude: ['**/*.spec.tsx', '**/stories.tsx'],
  });

  it.each(files)('%s writes no words of its own', (path) => {
    const text = readFileSync(join(repository, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(text.match(/\p{Script=Han}+/gu) ?? []).toEqual([]);
  });
});
