import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  canonicalJson,
  ledgerStart,
  type LedgerRow,
  openCheckpointSigner,
  publicKeyOf,
  textHash,
  writePack,
} from '#platform';
import { type AuditOptions, verifyFile } from './audit.ts';

const dir = mkdtempSync(join(tmpdir(), 'chakong-verify-'));
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const otherPem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const place = (name: string) => join(dir, name);
const lines: string[] = [];
const output = {
  result: (line: string) => void lines.push(line),
  progress: (line: string) => void lines.push(line),
} as never;
const options: AuditOptions = { from: 1, to: null, key: null, checkpoints: null, report: null, json: false };
const run = async (file: string, more: Partial<AuditOptions> = {}) => {
  lines.length = 0;
  return verifyFile(output, place(file), { ...options, ...more });
};

function chain(length: number): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const previous = rows.at(-1)?.hash ?? ledgerStart;
    const body = canonicalJson({ action: 'case.read', seq, previous, reasonDigest: null });
    rows.push({ seq, body, previous, hash: textHash(seq > length / 2 ? 'sm3' : 'sha256', body), told: null });
  }
  return rows;
}

async function pack(file: string, rows: readonly LedgerRow[], head = rows.at(-1)): Promise<void> {
  const signed = rows[9] ? [(await openCheckpointSigner(pem).sign({ seq: 10, hash: rows[9].hash, atMs: 1 })).jws] : [];
  async function* asked() {
    yield* rows;
  }
  const about = {
    format: 'chakong-audit-pack/1' as const,
    from: 1,
    to: 3_000,
    withReasons: false,
    madeAt: '2026-11-22T06:00:00Z',
  };
  const chunks: Uint8Array[] = [];
  const parts = { about: { ...about, head: { seq: head?.seq ?? 0, hash: head?.hash ?? '' } } };
  for await (const chunk of writePack({ ...parts, checkpoints: signed, publicKeys: [publicKeyOf(pem)], rows: asked() }))
    chunks.push(chunk);
  await writeFile(place(file), Buffer.concat(chunks));
}

const rows = chain(3_000);
beforeAll(async () => {
  writeFileSync(place('key.pem'), publicKeyOf(pem));
  writeFileSync(place('other.pem'), publicKeyOf(otherPem));
  await pack('sound.zip', rows);
  await pack(
    'edited.zip',
    rows.map((row) => (row.seq === 77 ? { ...row, body: row.body?.replace('case.read', 'case.rear') ?? null } : row)),
    rows.at(-1),
  );
  await pack('cut.zip', rows.slice(0, 2_990), rows.at(-1));
  writeFileSync(place('rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(
    place('gap.jsonl'),
    rows
      .filter(({ seq }) => seq !== 5)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  writeFileSync(place('junk.jsonl'), '{"seq": 1}\n');
  writeFileSync(place('junk.zip'), 'no archive');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('chakong audit verify --file', () => {
  it('says that a pack is whole, and by which key', async () => {
    expect(await run('sound.zip', { key: place('key.pem') })).toBe(0);
    expect(lines).toEqual(['intact: 3000 rows, 1 to 3000, 1 checkpoints']);
    expect(await run('sound.zip')).toBe(0);
    expect(lines[0]).toContain('--key');
  });

  it('names the first row that is wrong with both hashes, and writes a report', async () => {
    expect(await run('edited.zip', { report: place('verdict.json') })).toBe(5);
    const verdict = JSON.parse(readFileSync(place('verdict.json'), 'utf8'));
    const expected = rows[76]?.hash;
    expect(verdict.firstBroken).toMatchObject({ seq: 77, kind: 'edited', expected, soundUpTo: 10 });
    expect(lines).toEqual(expect.arrayContaining(['BROKEN at row 77: edited', `  expected ${expected}`]));
    expect(await run('cut.zip')).toBe(5);
    expect(lines).toContain('BROKEN at row 2991: truncated');
  });

  it('trusts no checkpoint of another key', async () => {
    expect(await run('sound.zip', { key: place('other.pem') })).toBe(5);
    expect(lines.join()).toMatch(/1 checkpoints are signed by no key/);
  });

  it('reads rows alone, a part of them, and checkpoints that were kept elsewhere', async () => {
    expect(await run('rows.jsonl')).toBe(0);
    expect(lines.join()).toMatch(/no checkpoint was compared/);
    expect(await run('gap.jsonl')).toBe(5);
    expect(lines).toContain('BROKEN at row 5: deleted');
    expect(await run('gap.jsonl', { from: 6, to: 100 })).toBe(0);
    const { jws } = await openCheckpointSigner(pem).sign({ seq: 10, hash: ledgerStart, atMs: 1 });
    writeFileSync(place('kept.jsonl'), `${JSON.stringify({ jws })}\n`);
    expect(await run('rows.jsonl', { key: place('key.pem'), checkpoints: place('kept.jsonl') })).toBe(5);
    expect(lines).toContain('BROKEN at row 10: forked');
  });

  it('says what is wrong with a file that is none', async () => {
    await expect(run('junk.jsonl')).rejects.toMatchObject({ code: 'pack-unreadable', exitCode: 5 });
    await expect(run('junk.zip')).rejects.toMatchObject({ code: 'pack-unreadable', exitCode: 5 });
    await expect(run('nowhere.zip')).rejects.toMatchObject({ code: 'no-file', exitCode: 2 });
    await expect(run('sound.zip', { key: place('rows.jsonl') })).rejects.toMatchObject({ code: 'no-key' });
  });
});
