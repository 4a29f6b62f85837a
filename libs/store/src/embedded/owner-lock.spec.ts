import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimFolder } from './owner-lock.ts';

describe('the claim on a database folder', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), `chakong-claim-${process.pid}-`));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('is held by one process until it is given back', async () => {
    const release = await claimFolder(home);
    await expect(claimFolder(home)).rejects.toMatchObject({ code: 'folder-in-use' });
    await release();
    await (await claimFolder(home))();
  });

  it('is not held by a process whose number was given to another one', async () => {
    await writeFile(join(home, 'owner.json'), JSON.stringify({ pid: process.pid, identity: 'an earlier boot/1' }));
    const release = await claimFolder(home);
    expect(await readFile(join(home, 'owner.json'), 'utf8')).not.toContain('earlier');
    await release();
  });

  it('is not held by a file that a crash cut off', async () => {
    await writeFile(join(home, 'owner.json'), '{"pid":');
    await (await claimFolder(home))();
  });
});
