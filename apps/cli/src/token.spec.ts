import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exitCodes } from './exit-codes.ts';
import { readToken } from './token.ts';

let folder = '';
const fileWith = async (text: string): Promise<string> => {
  const file = join(folder, `${Buffer.from(text).toString('hex').slice(0, 20)}.txt`);
  await writeFile(file, text);
  return file;
};
const refused = { code: 'no-token', exitCode: exitCodes.notAllowed };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chakong-token-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the token', () => {
  it('is what stands in the file, without the line end', async () => {
    expect(await readToken(await fileWith('ckt_one\n'), 'officer')).toBe('ckt_one');
  });

  it('is that of the sign-in with the needed role', async () => {
    const file = await fileWith(
      JSON.stringify([
        { userId: 'usr_1', roles: ['ops'], token: 'ckt_ops' },
        { userId: 'usr_2', roles: ['officer'], token: 'ckt_officer' },
      ]),
    );
    expect(await readToken(file, 'officer')).toBe('ckt_officer');
    expect(await readToken(file, 'ops')).toBe('ckt_ops');
  });

  it('is refused where there is none', async () => {
    await expect(readToken(undefined, 'officer')).rejects.toMatchObject(refused);
    await expect(readToken(join(folder, 'missing'), 'officer')).rejects.toMatchObject(refused);
    const nobody = await fileWith(JSON.stringify([{ roles: ['ops'], token: 'ckt_only-ops' }]));
    const error = await readToken(nobody, 'officer').catch((caught: unknown) => caught);
    expect(error).toMatchObject(refused);
    expect(String(error)).not.toContain('ckt_only-ops');
  });
});
