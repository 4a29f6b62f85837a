import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.ts';
import { openKeys } from './open-keys.ts';

const never = new AbortController().signal;
const keyring = (...ids: string[]) =>
  JSON.stringify({ keys: ids.map((id) => ({ id, secret: Buffer.alloc(32, id).toString('base64') })) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), `chakong-open-keys-${process.pid}-`));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const settingsOf = (more: Record<string, string>) => {
  const read = readEnvironment({ CHAKONG_PROFILE: 'demo', CHAKONG_DATA_DIR: folder, ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
};
const wrapsWith = async (more: Record<string, string>) => {
  const keys = await openKeys(settingsOf(more));
  if (!keys.ok) throw new Error(JSON.stringify(keys.problems));
  return async () => (await keys.values.make('seal', never)).wrappingKeyId;
};

describe('the keys of an installation', () => {
  it('come from a file that is read again, with the cipher that is set', async () => {
    const file = join(folder, 'ring.json');
    await writeFile(file, keyring('one'));
    const wraps = await wrapsWith({ CHAKONG_ENCRYPTION_KEYS_FILE: file });
    expect(await wraps()).toBe('one');
    await writeFile(file, keyring('two', 'one'));
    expect(await wraps()).toBe('two');
    await writeFile(file, 'keys: broken');
    await expect(wraps()).rejects.toEqual(expect.objectContaining({ code: 'keyring-unreadable' }));
    await writeFile(file, keyring('two'));
    const keys = await openKeys(settingsOf({ CHAKONG_ENCRYPTION_KEYS_FILE: file, CHAKONG_CIPHER: 'sm4-gcm' }));
    if (!keys.ok) throw new Error('no keys');
    expect((await keys.values.make('seal', never)).algorithm).toBe('sm4-gcm');
    expect((await keys.values.make('blind-index', never)).algorithm).toBe('hmac-sm3');
  });

  it('come from the environment, and a wrong text is named with line and column, never with its value', async () => {
    expect(await (await wrapsWith({ CHAKONG_ENCRYPTION_KEYS: keyring('env') }))()).toBe('env');
    const wrong = await openKeys(settingsOf({ CHAKONG_ENCRYPTION_KEYS: '{"keys":[{"id":"a","secret":"c2hvcnQ="}]}' }));
    expect(!wrong.ok && wrong.problems[0]).toMatchObject({ file: 'CHAKONG_ENCRYPTION_KEYS', line: 1, column: 29 });
    expect(JSON.stringify(wrong)).not.toContain('c2hvcnQ');
  });

  it('come from a command, beside which a keyring only unwraps', async () => {
    const answer = `process.stdin.on('data', (text) => { const asked = JSON.parse(text);
      process.stdout.write(JSON.stringify(asked.operation === 'wrap'
        ? { keyId: 'hsm', wrapped: asked.secret } : { secret: asked.wrapped })); })`;
    const command = JSON.stringify([process.execPath, '-e', answer]);
    expect(await (await wrapsWith({ CHAKONG_KEY_COMMAND: command }))()).toBe('kms/hsm');
    const both = { CHAKONG_KEY_COMMAND: command, CHAKONG_ENCRYPTION_KEYS: keyring('env') };
    expect(await (await wrapsWith(both))()).toBe('kms/hsm');
  });

  it.each([
    [{ CHAKONG_KEY_COMMAND: 'kms --wrap' }, 'CHAKONG_KEY_COMMAND'],
    [{ CHAKONG_KEY_COMMAND: '[]' }, 'CHAKONG_KEY_COMMAND'],
    [{ CHAKONG_CIPHER: 'sm4-ecb' }, 'CHAKONG_CIPHER'],
    [{ CHAKONG_DATA_KEY_SEALS: '4294967296' }, 'CHAKONG_DATA_KEY_SEALS'],
    [{ CHAKONG_ENCRYPTION_KEYS: '{}', CHAKONG_ENCRYPTION_KEYS_FILE: 'x' }, 'CHAKONG_ENCRYPTION_KEYS_FILE'],
  ])('are refused as %j', (more, key) => {
    const read = readEnvironment({ CHAKONG_PROFILE: 'demo', ...more });
    expect(!read.ok && read.problems.map((each) => each.key)).toEqual([key]);
  });

  it('may be any of the three in production', () => {
    const production = { CHAKONG_PROFILE: 'production', DATABASE_URL: 'postgres://a@b/c' };
    expect(readEnvironment(production).ok).toBe(false);
    expect(readEnvironment({ ...production, CHAKONG_KEY_COMMAND: '["kms"]' }).ok).toBe(true);
    expect(readEnvironment({ ...production, CHAKONG_ENCRYPTION_KEYS: '{}' }).ok).toBe(true);
  });
});
