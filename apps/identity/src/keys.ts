import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '#platform';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';

const schema = z.strictObject({
  jwks: z.strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })).min(1) }),
  cookieKeys: z.array(z.string().min(32)).min(1),
});

/** What the provider signs ID tokens and its own cookies with. */
export type IdentityKeys = z.infer<typeof schema>;

/** Made at the first start, readable by this account only, and the same ones afterwards. */
export async function identityKeys(dataDir: string): Promise<IdentityKeys> {
  const folder = join(dataDir, 'identity');
  const file = join(folder, 'keys.json');
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const text = JSON.stringify(await newKeys());
  await writeFile(file, `${text}\n`, { flag: 'wx', mode: 0o600, flush: true }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  return schema.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function newKeys(): Promise<unknown> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = `demo-${randomBytes(4).toString('hex')}`;
  const key = { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
  return { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] };
}
