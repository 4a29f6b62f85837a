import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contentHash, openSigner } from '#platform';
import { verifyReport } from './report-verify.ts';

const newSigner = () =>
  openSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())!;
const signer = newSigner();
const body = { inquiryId: 'inq_1', status: 'complete' };
const names = { reportId: 'rep_1', reportVersion: 1, supersedes: null, contentHash: contentHash(body) };
const claims = { kind: 'report', ...names, inquiryId: 'inq_1', sealedAt: '2026-11-22T14:05:30+08:00' } as const;
const report = { ...body, ...names, changes: null, signature: { claims, jws: signer.sign(claims) } };

describe('chakong report verify', () => {
  let folder: string;
  let said: string[];
  const output = {
    ...{ colours: false, moving: false, columns: 100, progress: () => {}, status: () => {} },
    result: (text: string) => void said.push(text),
  };
  const file = async (name: string, value: unknown): Promise<string> => {
    await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    return join(folder, name);
  };
  const verify = async (value: unknown, trusted: object, json = false) => {
    const options = { keys: null, fingerprint: null, json, ...trusted };
    return verifyReport(output, { file: await file('report.json', value), ...options });
  };
  beforeEach(async () => {
    said = [];
    folder = await mkdtemp(join(tmpdir(), 'chakong-verify-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('ends with 0 and says in both languages what was verified', async () => {
    const keys = await file('keys.json', { keys: [signer.publicJwk] });
    expect(await verify(report, { keys })).toBe(0);
    expect(said[0]).toBe('验证通过 · verified');
    expect(said.join('\n')).toContain('报告版本签名有效 · The signature of the version is valid.');
    expect(await verify(report, { fingerprint: signer.publicJwk.kid })).toBe(0);
  });

  it('ends with 5 for another body, another signature, another key and none at all', async () => {
    const keys = await file('keys.json', { keys: [signer.publicJwk] });
    const strangers = await file('strangers.json', { keys: [newSigner().publicJwk] });
    const forged = { claims, jws: newSigner().sign(claims) };
    expect(await verify({ ...report, status: 'partial' }, { keys })).toBe(5);
    expect(await verify({ ...report, signature: forged }, { keys })).toBe(5);
    expect(await verify(report, { keys: strangers })).toBe(5);
    expect(await verify({ ...report, signature: null }, { keys }, true)).toBe(5);
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({
      valid: false,
      findings: [{}, { code: 'signature-missing' }],
    });
  });

  it('wants to know whom to trust, and a file that it can read', async () => {
    const code = (trying: Promise<unknown>) =>
      trying.catch((error: { code: string; exitCode: number }) => [error.code, error.exitCode]);
    expect(await code(verify(report, {}))).toEqual(['keys-unnamed', 2]);
    expect(await code(verify(report, { keys: await file('keys.json', {}) }))).toEqual(['keys-unreadable', 2]);
    const fingerprint = signer.publicJwk.kid;
    expect(await code(verify('no json', { fingerprint }))).toEqual(['file-unreadable', 2]);
    const nowhere = { file: join(folder, 'nowhere'), keys: null, fingerprint, json: false };
    expect(await code(verifyReport(output, nowhere))).toEqual(['file-unreadable', 2]);
  });
});
