import { readFile, stat } from 'node:fs/promises';
import { jwksSchema } from '#contracts';
import { type Finding, type TrustedKeys, type Verification, verifyDocument } from '#platform';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';

export interface VerifyOptions {
  readonly file: string;
  readonly keys: string | null; // a file with a key set
  readonly fingerprint: string | null;
  readonly json: boolean;
}

const mostBytes = 268_435_456;

/** Verifies an export, or a report as the API gives it, without any server. Exit code 5 when something does not hold. */
export async function verifyReport(output: Output, options: VerifyOptions): Promise<number> {
  const trusted = await trustedKeys(options);
  const verified = verifyDocument(await readJson(options.file), trusted);
  if (options.json) output.result(JSON.stringify(verified, null, 2));
  else for (const line of inWords(verified)) output.result(line);
  return verified.valid ? exitCodes.done : exitCodes.checkFailed;
}

/** Without a key that was told by another way, a signature proves nothing: anybody can sign. */
async function trustedKeys({ keys, fingerprint }: VerifyOptions): Promise<TrustedKeys> {
  if (keys === null && fingerprint !== null) return { fingerprint };
  if (keys === null || fingerprint !== null)
    throw new CliError('keys-unnamed', 'Name whose signature is trusted: either a key set or one fingerprint.', {
      exitCode: exitCodes.usage,
      fix: 'chakong report verify <file> --keys chakong-keys.json   (from https://<gateway>/.well-known/chakong-keys.json), or --fingerprint <key id>',
    });
  const read = jwksSchema.safeParse(await readJson(keys));
  if (read.success) return { keys: read.data.keys };
  throw new CliError('keys-unreadable', `The file ${keys} is no key set of ours.`, {
    exitCode: exitCodes.usage,
    fix: 'Fetch it again from /.well-known/chakong-keys.json of the gateway.',
  });
}

async function readJson(file: string): Promise<unknown> {
  const unreadable = (why: string): CliError =>
    new CliError('file-unreadable', `The file ${file} ${why}.`, {
      exitCode: exitCodes.usage,
      fix: 'Name a JSON file that the product exported.',
    });
  const size = await stat(file).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) throw unreadable('cannot be read');
  if (size > mostBytes) throw unreadable('is larger than 256 MB');
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('is not JSON');
  }
}

const marks = { passed: '✓', failed: '✗', note: '·' } as const;

function inWords(verified: Verification): string[] {
  const { reportId, reportVersion, exportId, sealedAt, keyId, contentHash } = verified;
  const about = [
    ['report', reportId === null ? null : `${reportId} version ${reportVersion ?? '?'}`],
    ['export', exportId],
    ['content', contentHash],
    ['sealed', sealedAt],
    ['key', keyId],
  ].flatMap(([name, value]) => (value ? [`  ${name?.padEnd(8) ?? ''} ${value}`] : []));
  const findings = verified.findings.map(({ outcome, zh, en }: Finding) => `  ${marks[outcome]} ${zh} · ${en}`);
  const verdict = verified.valid ? '验证通过 · verified' : '验证未通过 · NOT verified';
  return [verdict, ...about, ...findings];
}
