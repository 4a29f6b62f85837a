import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegisteredOfficer } from '#contracts';
import { errorCode, hashToken } from '#platform';
import { z } from 'zod';

const signInSchema = z.strictObject({
  userId: z.string(),
  roles: z.array(z.string()),
  courtCode: z.string(),
  token: z.string(),
});

/** A ready sign-in of one of the demo's people. The gateway keeps only the token's hash. */
export type SignIn = z.infer<typeof signInSchema>;

/**
 * Makes a random token for each person the first time, and gives the same ones afterwards. Both files are readable by
 * this account only; the gateway is given `tokensFile`, which holds hashes.
 */
export async function prepareSignIns(
  dataDir: string,
  officers: readonly RegisteredOfficer[],
): Promise<{ signIns: readonly SignIn[]; tokensFile: string; signInsFile: string }> {
  await mkdir(dataDir, { recursive: true });
  const signInsFile = join(dataDir, 'sign-ins.json');
  const tokensFile = join(dataDir, 'tokens.yaml');
  const known = await readSignIns(signInsFile);
  const signIns = officers.map(({ userId, roles, courtCode }): SignIn => {
    const token = known.find((each) => each.userId === userId)?.token ?? `ckt_${randomBytes(24).toString('base64url')}`;
    return { userId, roles: [...roles], courtCode, token };
  });
  await replaceFile(signInsFile, JSON.stringify(signIns, null, 2));
  const entries = signIns.map(({ userId, token }) => ({
    tokenId: `tok_${userId.slice('usr_'.length)}`,
    userId,
    tokenHash: hashToken(token),
    demo: true,
  }));
  await replaceFile(tokensFile, JSON.stringify(entries, null, 2));
  return { signIns, tokensFile, signInsFile };
}

async function readSignIns(file: string): Promise<readonly SignIn[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    return '[]';
  });
  return z.array(signInSchema).parse(JSON.parse(text));
}

async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.part`, file);
}
