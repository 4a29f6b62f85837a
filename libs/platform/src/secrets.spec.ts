import { createPublicKey, createSign, createVerify } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSecrets, secretVariable } from './secrets.ts';

describe('a secret', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), `chakong-secrets-${process.pid}-`));
    await writeFile(join(folder, 'bank-key'), 'mounted\n');
    await writeFile(join(folder, 'empty'), '\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const resolver = (more: { variables?: ReadonlyMap<string, string>; generateIn?: string } = {}) =>
    createSecrets({ variables: new Map(), secretsDir: folder, generateIn: null, ...more });

  it('is found in the environment first, then among the mounted files', async () => {
    const variables = new Map([[secretVariable('bank-key'), 'set']]);
    expect(await resolver({ variables })('bank-key')).toEqual({ ok: true, value: 'set' });
    expect(await resolver()('bank-key')).toEqual({ ok: true, value: 'mounted' });
    expect(secretVariable('bank-key')).toBe('CHAKONG_SECRET_BANK_KEY');
  });

  it('is a problem when it is missing or empty, and says where to put it', async () => {
    for (const name of ['none', 'empty']) {
      const found = await resolver()(name);
      expect(!found.ok && found.problem).toMatchObject({ name, fix: expect.stringContaining(secretVariable(name)) });
    }
  });

  it('is made up and kept in the demo', async () => {
    const generateIn = join(folder, 'made');
    const first = await resolver({ generateIn })('demo-key');
    expect(await resolver({ generateIn })('demo-key')).toEqual(first);
    expect(first.ok && first.value.length).toBe(32);
    expect(await readFile(join(generateIn, 'demo-key'), 'utf8')).toContain(first.ok ? first.value : '-');
    expect((await stat(join(generateIn, 'demo-key'))).mode & 0o777).toBe(0o600);
  });

  it('is a pair of keys where its name says so, the same in every process', async () => {
    const generateIn = join(folder, 'made');
    const names = ['court-public-key', 'court-private-key', 'court-private-key'];
    const found = await Promise.all(names.map((name) => resolver({ generateIn })(name)));
    const [publicKey, privateKey, again] = found.map((each) => (each.ok ? each.value : ''));
    expect(again).toBe(privateKey);
    const signature = createSign('sha256').update('message').sign(privateKey!);
    expect(createVerify('sha256').update('message').verify(publicKey!, signature)).toBe(true);
    expect(await readdir(generateIn)).toEqual(['court-private-key']);
  });

  it('is never looked for outside its folder', async () => {
    const found = await resolver({ generateIn: folder })('../bank-key');
    expect(!found.ok && found.problem.name).toBe('unnamed');
  });

  it('makes up the key of checkpoints as Ed25519, and other private keys as RSA', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chakong-keys-'));
    const secret = createSecrets({ variables: new Map(), secretsDir: join(folder, 'none'), generateIn: folder });
    const kindOf = async (name: string) => {
      const found = await secret(name);
      return found.ok ? createPublicKey(found.value).asymmetricKeyType : null;
    };
    expect(await kindOf('audit-checkpoint-private-key')).toBe('ed25519');
    expect(await kindOf('audit-checkpoint-public-key')).toBe('ed25519');
    expect(await kindOf('partner-private-key')).toBe('rsa');
    await rm(folder, { recursive: true });
  });
});
