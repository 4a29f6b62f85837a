import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { adapters } from '#adapters';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

const root = join(repository, 'libs/adapters/src');
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** What a reader expects in the folder of an adapter. */
const expected = ['adapter.ts', 'adapter.spec.ts', 'fixtures', 'README.md'];

describe('the adapters', () => {
  it('are each registered once, in alphabetical order', () => {
    expect(adapters.map(({ manifest }) => manifest.id)).toEqual(folders);
  });

  it.each(folders)('%s has the files a reader expects', (folder) => {
    expect(expected.filter((name) => !existsSync(join(root, folder, name)))).toEqual([]);
  });

  it.each(folders)('%s has recorded, specified or made-up exchanges', (folder) => {
    expect(readdirSync(join(root, folder, 'fixtures'))).not.toEqual([]);
  });
});
