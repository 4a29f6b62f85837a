import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { registeredOfficerSchema, tokenEntrySchema } from '#contracts';
import { hashToken } from '#platform';
import { z } from 'zod';
import { prepareSignIns } from './sign-ins.ts';

const person = (userId: string, roles: readonly string[]) =>
  registeredOfficerSchema.parse({ userId, name: '承办人甲', courtCode: '990100', courtName: '示例市法院', roles });
const officer = person('usr_officer-1', ['officer']);
const operator = person('usr_ops-1', ['ops']);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chakong-sign-ins-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the sign-ins of the demo', () => {
  it('are kept where only this account reads them', async () => {
    const { signInsFile, tokensFile } = await prepareSignIns(join(folder, 'data'), [officer]);
    const modes = await Promise.all([signInsFile, tokensFile].map(async (file) => (await stat(file)).mode & 0o777));
    expect(modes).toEqual([0o600, 0o600]);
  });

  it('stay the same from start to start, also when somebody joins', async () => {
    const first = await prepareSignIns(folder, [officer]);
    const second = await prepareSignIns(folder, [operator, officer]);
    const [ops, same] = second.signIns;
    expect(same).toEqual(first.signIns[0]);
    expect(ops?.token).toMatch(/^ckt_[\w-]{32}$/);
    expect(ops?.token).not.toBe(same?.token);
  });

  it('give the gateway hashes only', async () => {
    const { signIns, tokensFile } = await prepareSignIns(folder, [officer, operator]);
    const text = await readFile(tokensFile, 'utf8');
    const entries = z.array(tokenEntrySchema).parse(JSON.parse(text));
    expect(entries.map(({ tokenHash }) => tokenHash)).toEqual(signIns.map(({ token }) => hashToken(token)));
    for (const { token } of signIns) expect(text).not.toContain(token);
  });

  it('are not made anew over a file that cannot be read', async () => {
    await writeFile(join(folder, 'sign-ins.json'), '[{"userId": 1}]');
    await expect(prepareSignIns(folder, [officer])).rejects.toThrow();
    expect(await readFile(join(folder, 'sign-ins.json'), 'utf8')).toBe('[{"userId": 1}]');
  });
});
