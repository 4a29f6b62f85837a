import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyring, loadKeyring } from './keyring.ts';

describe('the keyring', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), `chakong-keys-${process.pid}-`));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is generated once, for this account only', async () => {
    const file = join(folder, 'made', 'keys.json');
    await generateKeyring(file);
    const first = await readFile(file, 'utf8');
    await generateKeyring(file);
    expect(await readFile(file, 'utf8')).toBe(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const loaded = await loadKeyring(file);
    expect(loaded.ok && loaded.values.keys[0].secret.length).toBe(32);
  });

  it('is read from YAML too, first key first', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64');
    const file = join(folder, 'keys.yaml');
    await writeFile(file, `keys:\n  - { id: b, secret: ${secret} }\n  - { id: a, secret: ${secret} }\n`);
    const loaded = await loadKeyring(file);
    expect(loaded.ok && loaded.values.keys.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it.each([
    ['no key', 'keys: []'],
    ['a short secret', 'keys: [{ id: a, secret: c2hvcnQ= }]'],
    ['an unknown key', `keys: [{ id: a, secret: ${Buffer.alloc(32).toString('base64')}, extra: 1 }]`],
  ])('is refused with %s, without repeating a secret', async (_, text) => {
    const file = join(folder, 'keys.yaml');
    await writeFile(file, text);
    const loaded = await loadKeyring(file);
    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).not.toMatch(/c2hvcnQ|AAAAAA/);
  });

  it('is refused when the file is not there', async () => {
    const loaded = await loadKeyring(join(folder, 'none.yaml'));
    expect(!loaded.ok && loaded.problems[0]).toMatchObject({ expected: 'a file that can be read' });
  });
});
