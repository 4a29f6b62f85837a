import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Loaded } from './config-problem.ts';
import { errorCode } from './error-code.ts';
import { loadYamlFile, parseYamlText } from './yaml.ts';

const keyBytes = 32;
const secretSchema = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === keyBytes, `${keyBytes} bytes in base64`);

const keySchema = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/), secret: secretSchema });
export type RingKey = Readonly<z.output<typeof keySchema>>;

/** At least one key. The first one wraps, all unwrap. */
const keyringSchema = z.strictObject({
  keys: z
    .tuple([keySchema], keySchema)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'each key id once'),
});

/** The wrapping keys of this installation. */
export type Keyring = Readonly<z.output<typeof keyringSchema>>;

/**
 * Reads `{ keys: [{ id, secret }] }` (JSON or YAML; `secret` is 32 bytes in base64). To rotate, put a new key first
 * and keep the old ones until `chakong keys rotate` has left nothing under them.
 */
export function loadKeyring(file: string): Promise<Loaded<Keyring>> {
  return loadYamlFile(file, keyringSchema, { mayHoldSecrets: true });
}

/** The same from a text, that of `CHAKONG_ENCRYPTION_KEYS`. */
export const parseKeyring = (text: string): Loaded<Keyring> =>
  parseYamlText('CHAKONG_ENCRYPTION_KEYS', text, keyringSchema);

/**
 * Makes a keyring with one random key, readable by this account only, unless the file is there already. For the demo;
 * in production somebody keeps the keys.
 */
export async function generateKeyring(file: string): Promise<void> {
  const key = { id: `generated-${randomBytes(4).toString('hex')}`, secret: randomBytes(keyBytes).toString('base64') };
  await mkdir(dirname(file), { recursive: true, mode: 0o711 });
  await writeFile(file, `${JSON.stringify({ keys: [key] })}\n`, { flag: 'wx', mode: 0o600, flush: true }).catch(
    (error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    },
  );
}
