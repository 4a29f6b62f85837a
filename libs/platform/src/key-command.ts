import { spawn } from 'node:child_process';
import { z } from 'zod';
import { secretBytes } from './ciphers.ts';
import { KeyFault } from './key-fault.ts';
import type { KeyService } from './wrapping.ts';

export type KeyCommand = {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly timeLimitMs: number;
};

/** Ids of keys that the command knows are told from those of the keyring by this. */
export const commandPrefix = 'kms/';
const mostOutputBytes = 65_536;

const base64 = z.string().regex(/^[A-Za-z0-9+/]{4,}={0,2}$/);
const wrapped = z.strictObject({ keyId: z.string().regex(/^[\w./:@+=-]{1,200}$/), wrapped: base64 });
const unwrapped = z.strictObject({ secret: base64 });

/**
 * The seam to a KMS or HSM: for every key the command is started, gets one JSON document on its standard input and
 * writes one to its standard output (docs/operating.md, *Encryption keys*).
 */
export function keyCommandService(options: KeyCommand): KeyService {
  return {
    async wrap(secret, { dataKeyId, purpose, algorithm }, signal) {
      const about = { dataKeyId, purpose, algorithm };
      const asked = { operation: 'wrap', about, secret: Buffer.from(secret).toString('base64') };
      const answer = read(wrapped, await run(options, asked, signal));
      return {
        wrappingKeyId: `${commandPrefix}${answer.keyId}`,
        wrapped: Buffer.from(answer.wrapped, 'base64'),
      };
    },
    async unwrap({ wrappingKeyId, wrapped: bytes }, { dataKeyId, purpose, algorithm }, signal) {
      const keyId = wrappingKeyId.slice(commandPrefix.length);
      const about = { dataKeyId, purpose, algorithm };
      const asked = { operation: 'unwrap', about, keyId, wrapped: Buffer.from(bytes).toString('base64') };
      const secret = Buffer.from(read(unwrapped, await run(options, asked, signal)).secret, 'base64');
      if (secret.length !== secretBytes[algorithm]) throw new KeyFault('key-command-garbled', dataKeyId);
      return secret;
    },
    isFirst: (wrappingKeyId) => wrappingKeyId.startsWith(commandPrefix),
    mayChangeUnseen: true,
  };
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success) throw new KeyFault('key-command-garbled');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeyFault('key-command-garbled');
  }
}

/** What it wrote. Whatever goes wrong, it is ended, and nothing of what it wrote gets any further. */
function run({ command, timeLimitMs }: KeyCommand, asked: unknown, signal: AbortSignal): Promise<string> {
  const [program = '', ...args] = command;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], shell: false, windowsHide: true });
  const end = (fault: KeyFault) => {
    child.kill('SIGKILL');
    child.stdout.destroy();
    reject(fault);
  };
  const timer = setTimeout(() => end(new KeyFault('key-command-timed-out')), timeLimitMs);
  const onAbort = () => end(new KeyFault('key-command-failed'));
  const pieces: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    if (size > mostOutputBytes) end(new KeyFault('key-command-too-long'));
  });
  child.on('error', () => end(new KeyFault('key-command-failed')));
  child.stdin.on('error', () => size); // it may end without reading: its exit code says so
  child.on('close', (code) => {
    if (code === 0) resolve(Buffer.concat(pieces).toString('utf8'));
    else reject(new KeyFault('key-command-failed'));
  });
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  child.stdin.end(`${JSON.stringify(asked)}\n`);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  });
}
