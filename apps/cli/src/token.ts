import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CliError, exitCodes } from './exit-codes.ts';

const signInsSchema = z.array(z.looseObject({ roles: z.array(z.string()), token: z.string() }));

/** The token of a file: either one token, or the demo's sign-ins, of which the one with the needed role is taken. */
export async function readToken(
  file: string | undefined,
  role: 'officer' | 'approver' | 'ops' | 'auditor' | 'court-admin',
): Promise<string> {
  if (!file)
    throw new CliError('no-token', 'Nothing says who you are.', {
      exitCode: exitCodes.notAllowed,
      fix: 'Give --token-file .chakong/sign-ins.json (made by npm start), or set CHAKONG_TOKEN_FILE.',
    });
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError('no-token', `The token file ${file} cannot be read.`, {
      exitCode: exitCodes.notAllowed,
      fix: 'Check the path and its rights.',
    });
  });
  if (!text.trimStart().startsWith('[')) return text.trim();
  const signIn = signInsSchema.parse(JSON.parse(text)).find(({ roles }) => roles.includes(role));
  if (!signIn)
    throw new CliError('no-token', `The token file has nobody with the role ${role}.`, {
      exitCode: exitCodes.notAllowed,
      fix: 'Give a file with one token.',
    });
  return signIn.token;
}
