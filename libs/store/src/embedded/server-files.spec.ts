import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { linkLibraries } from './server-files.ts';

describe('the library links', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), `chakong-links-${process.pid}-`));
    const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
    await mkdir(join(folder, 'native', 'lib'), { recursive: true });
    await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await writeFile(join(folder, 'native', 'lib', 'libx.so.1.2'), 'library');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are made once, relative to their folder, by any number of starts', async () => {
    expect(await Promise.all([linkLibraries(folder), linkLibraries(folder)])).toEqual([true, true]);
    expect(await linkLibraries(folder)).toBe(true);
    expect(await readlink(join(folder, 'native', 'lib', 'libx.so.1'))).toBe('libx.so.1.2');
    expect(await readFile(join(folder, 'native', 'lib', 'libx.so.1'), 'utf8')).toBe('library');
  });
});
