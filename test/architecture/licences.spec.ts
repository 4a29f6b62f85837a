import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Lock, licenceFaults, reviewed } from './licences.ts';
import { repository } from './small-tree.ts';

const lock = JSON.parse(readFileSync(`${repository}package-lock.json`, 'utf8')) as Lock;

describe('the licences of dependencies', () => {
  it('are refused when they bind the product', () => {
    const packages = {
      '': { license: 'Apache-2.0' },
      'node_modules/a': { version: '1.0.0', license: 'GPL-3.0' },
      'node_modules/b': { version: '1.0.0', license: 'MPL-2.0' },
      'node_modules/c': { version: '1.0.0', license: 'MPL-2.0', dev: true },
      'node_modules/d': { version: '1.0.0', license: '(MIT OR GPL-3.0)' },
      'node_modules/e': { version: '1.0.0', license: 'MIT AND GPL-3.0' },
      'node_modules/a/node_modules/@f/g': { version: '1.0.0' },
    };
    expect(licenceFaults({ packages })).toEqual([
      'a@1.0.0 is GPL-3.0',
      'b@1.0.0 is MPL-2.0',
      'e@1.0.0 is MIT AND GPL-3.0',
      expect.stringContaining('@f/g@1.0.0 names no licence'),
    ]);
  });

  it('are all allowed', () => {
    expect(licenceFaults(lock)).toEqual([]);
  });

  it('are reviewed by hand only where the package names none', () => {
    const silent = Object.entries(lock.packages).filter(([, { license }]) => license === undefined);
    const names = silent.map(([path]) => path.split('node_modules/').pop());
    expect(Object.keys(reviewed).filter((name) => !names.includes(name))).toEqual([]);
  });
});
