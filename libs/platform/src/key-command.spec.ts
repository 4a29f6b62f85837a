import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataKey } from '#contracts';
import { bindKeyring } from './bound-keyring.ts';
import { keyCommandService } from './key-command.ts';

const never = new AbortController().signal;
const about: DataKey = { dataKeyId: 'dk-1', purpose: 'seal', algorithm: 'aes-256-gcm' };
const secret = Buffer.alloc(32, 7);
let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'chakong-command-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A program that stands for the tool of a KMS: `act` gets what was asked, and its value is what is written. */
function program(act: string, timeLimitMs = 5_000) {
  const script = join(dir, `${act.length}-${Math.trunc(timeLimitMs)}.mjs`);
  writeFileSync(
    script,
    `import { readFileSync, writeFileSync } from 'node:fs';
     import crypto from 'node:crypto';
     const asked = JSON.parse(readFileSync(0, 'utf8'));
     const key = Buffer.alloc(32, 3);
     const say = (value) => process.stdout.write(typeof value === 'string' ? value : JSON.stringify(value));
     ${act}`,
  );
  return keyCommandService({ command: [process.execPath, script], timeLimitMs });
}

const honest = `
  const nonce = Buffer.alloc(12, 1);
  const cipher = asked.operation === 'wrap' ? crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16, 1))
    : crypto.createDecipheriv('aes-256-ctr', key, Buffer.alloc(16, 1));
  const text = Buffer.from(asked.operation === 'wrap' ? asked.secret : asked.wrapped, 'base64');
  const out = Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
  say(asked.operation === 'wrap' ? { keyId: 'projects/p/key:3', wrapped: out } : { secret: out });`;

const refused = (act: string, timeLimitMs?: number) =>
  program(act, timeLimitMs)
    .wrap(secret, about, never)
    .then(
      () => 'done',
      (error) => `${error.code} ${error.message} ${JSON.stringify(error)} ${error.stack}`,
    );

describe('a key command', () => {
  it('wraps and unwraps, and is told which key it is about', async () => {
    const service = program(honest);
    const wrapped = await service.wrap(secret, about, never);
    expect(wrapped.wrappingKeyId).toBe('kms/projects/p/key:3');
    expect(Buffer.from(wrapped.wrapped).equals(secret)).toBe(false);
    expect(Buffer.from(await service.unwrap(wrapped, about, never))).toEqual(secret);
    const note = join(dir, 'asked.json');
    await program(`writeFileSync(${JSON.stringify(note)}, JSON.stringify(asked)); ${honest}`).unwrap(
      wrapped,
      about,
      never,
    );
    expect(JSON.parse(readFileSync(note, 'utf8'))).toEqual({
      operation: 'unwrap',
      about,
      keyId: 'projects/p/key:3',
      wrapped: Buffer.from(wrapped.wrapped).toString('base64'),
    });
  });

  it('takes over from a keyring, which goes on unwrapping what it wrapped', async () => {
    const ring = { keys: [{ id: 'file', secret: Buffer.alloc(32, 1) }] } as const;
    const before = await bindKeyring({ keys: [ring.keys[0]] }).make('seal', never);
    const both = bindKeyring({ keys: [ring.keys[0]] }, { service: program(honest) });
    const rewrapped = await both.rewrap(before, never);
    expect([rewrapped?.wrappingKeyId, both.isFirstWrapping('file')]).toEqual(['kms/projects/p/key:3', false]);
    const alone = bindKeyring(null, { service: program(honest) });
    const at = new Date(0);
    const rows = [{ ...before, ...rewrapped!, activeFrom: at, retiredAt: null }];
    await alone.take(rows, at, never);
    expect(alone.open(alone.seal(secret, 'a'), 'a')).toEqual(secret);
  });

  it.each([
    ['fails', 'process.stderr.write(asked.secret); process.exit(3);', 'key-command-failed'],
    ['says nothing', '', 'key-command-garbled'],
    ['says garbage', "say('<html>' + asked.secret)", 'key-command-garbled'],
    ['leaves something out', "say({ keyId: 'k' })", 'key-command-garbled'],
    ['says too much', "say('x'.repeat(200000))", 'key-command-too-long'],
  ])('is refused when it %s, and nothing it wrote is repeated', async (_, act, code) => {
    const said = await refused(act);
    expect(said.split(' ')[0]).toBe(code);
    expect(said).not.toContain(secret.toString('base64'));
  });

  it('is ended when it hangs, and when nobody waits any more', async () => {
    const startedAt = performance.now();
    expect(await refused('setInterval(() => {}, 1000);', 300)).toMatch(/^key-command-timed-out/);
    const leaving = new AbortController();
    const asking = program('setInterval(() => {}, 999);').wrap(secret, about, leaving.signal);
    setTimeout(() => leaving.abort(), 100);
    await expect(asking).rejects.toEqual(expect.objectContaining({ code: 'key-command-failed' }));
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('is refused when it is not there, and when it gives back another key than it was given', async () => {
    const missing = keyCommandService({ command: [join(dir, 'none')], timeLimitMs: 1_000 });
    await expect(missing.wrap(secret, about, never)).rejects.toEqual(
      expect.objectContaining({ code: 'key-command-failed' }),
    );
    const liar = program(`say(asked.operation === 'wrap' ? { keyId: 'k', wrapped: 'AAAA' }
      : { secret: Buffer.alloc(32, 9).toString('base64') });`);
    await expect(bindKeyring(null, { service: liar }).make('seal', never)).rejects.toEqual(
      expect.objectContaining({ code: 'wrapped-key-broken' }),
    );
    const short = program(`say(asked.operation === 'wrap' ? { keyId: 'k', wrapped: 'AAAA' } : { secret: 'AAAA' })`);
    await expect(bindKeyring(null, { service: short }).make('seal', never)).rejects.toEqual(
      expect.objectContaining({ code: 'key-command-garbled' }),
    );
  });
});
