import { createHash } from 'node:crypto';
import { connect as openSocket, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { NoAnswer, type BoxFile, type FileBox, type NamedBytes } from '#contracts';
import SftpClient from 'ssh2-sftp-client';
import { deadline } from './deadline.ts';
import type { Guard } from './guard.ts';
import { addressDenied, checkHost, deniedAnswer, guardedLookup } from './network-guard.ts';

/** Where an SFTP server is, who we are there, and what we take from it. */
export interface SftpPlace {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly login: { readonly password: string } | { readonly privateKey: string };
  readonly hostKeySha256: string; // as OpenSSH prints it: SHA256:…
  readonly deadlineMs: number; // of each operation
  readonly stableAfterMs: number;
  readonly maxFileBytes: number;
  readonly maxFiles: number; // looked at in one folder
  readonly now: () => Date;
  readonly allowedNetworks: readonly string[]; // that are not public, and may be called
}

/** The folders of one box, as the server names them. */
export interface BoxFolders {
  readonly inbox: string; // the other side drops here
  readonly outbox: string; // we drop here
  readonly archive: string;
}

export interface SftpBoxes {
  box(folders: BoxFolders): FileBox;
  close(): Promise<void>;
}

interface Look {
  readonly sizeBytes: number;
  readonly changedAt: number;
  readonly sinceMs: number;
}
type Looks = Map<string, Look>;

/**
 * Boxes on an SFTP server. What is remembered between connections is how large each file was, because a file counts as
 * complete only when two looks, at least `stableAfterMs` apart, saw the same one.
 */
export function openSftp(place: SftpPlace): (signal: AbortSignal) => Promise<SftpBoxes> {
  const looks: Looks = new Map();
  const guard = deadline(place.deadlineMs);
  return async (signal) => {
    const line = await connected(place, guard, signal);
    return {
      box: (folders) => boxOf({ ...line, place, guard, looks }, folders),
      close: () => closed(line),
    };
  };
}

interface Line {
  readonly client: SftpClient;
  readonly socket: Socket;
}

/** How the connection ended, as far as the protocol said it: login refused, or another host key than the pinned one. */
interface Refusal {
  reason: 'unauthorized' | null;
  code: string | null;
}

async function connected(place: SftpPlace, guard: Guard, signal: AbortSignal): Promise<Line> {
  const refusal: Refusal = { reason: null, code: null };
  const client = new SftpClient('box', { error: () => undefined, end: () => undefined, close: () => undefined });
  const { host, port, allowedNetworks } = place;
  checkHost(host, allowedNetworks);
  const socket = openSocket({ host, port, noDelay: true, lookup: guardedLookup(allowedNetworks) });
  socket.on('error', (error) => {
    if (codeIn(error) === addressDenied) refusal.code = addressDenied;
  }); // the rest is told by the operation that is under way
  client.on('error', (error: unknown) => {
    if (levelOf(error) === 'client-authentication') refusal.reason = 'unauthorized';
  });
  const hostVerifier = (key: Buffer): boolean => {
    const isPinned = fingerprintOf(key) === place.hostKeySha256.replace(/=+$/, '');
    if (!isPinned) refusal.code = 'host-key-changed';
    return isPinned;
  };
  const { username, login, deadlineMs } = place;
  const options = { sock: socket, username, ...login, hostVerifier, readyTimeout: deadlineMs, retries: 0 };
  try {
    await guard(() => client.connect(options), signal);
    return { client, socket };
  } catch (error) {
    socket.destroy();
    if (refusal.code === addressDenied) throw deniedAnswer();
    if (error instanceof NoAnswer && refusal.code === null) throw error;
    throw new NoAnswer(refusal.reason ?? 'unavailable', 'no SFTP session', {
      cause: codeIn(error),
      reasonCode: refusal.code,
    });
  }
}

const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

const levelOf = (error: unknown): unknown => (error instanceof Error && 'level' in error ? error.level : null);

const codeIn = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'no-code');

const goodbyeMs = 1_000;

async function closed({ client, socket }: Line): Promise<void> {
  const ended = client.end().catch(() => false); // the socket is closed below, whatever it says
  await Promise.race([ended, pause(goodbyeMs, undefined, { ref: false })]);
  socket.destroy();
}

interface OpenLine extends Line {
  readonly place: SftpPlace;
  readonly guard: Guard;
  readonly looks: Looks;
}

const partly = '.part';

function boxOf(line: OpenLine, { inbox, outbox, archive }: BoxFolders): FileBox {
  const { client } = line;
  const move = async (from: string, to: string): Promise<void> => {
    if (await client.exists(to)) await client.delete(to); // a rename of version 3 replaces nothing
    await client.rename(from, to);
  };
  return {
    async list(signal) {
      const found = await run(line, signal, () => client.list(inbox));
      const files = found.filter(({ type, name }) => type === '-' && !name.endsWith(partly));
      const known = files
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
        .slice(0, line.place.maxFiles)
        .map(({ name, size, modifyTime }) => ({ name, path: `${inbox}/${name}`, size, modifyTime }));
      forgetGone(line.looks, `${inbox}/`, new Set(known.map(({ path }) => path)));
      return known.map((file) => ({ name: file.name, sizeBytes: file.size, state: stateOf(line, file) }));
    },
    read: (name, signal) => run(line, signal, () => readWhole(line, `${inbox}/${name}`)),
    async put({ name, bytes }: NamedBytes, signal) {
      const path = `${outbox}/${name}`;
      await run(line, signal, () => client.put(Buffer.from(bytes), path + partly));
      await run(line, signal, () => move(path + partly, path));
    },
    archive: (name, as, signal) =>
      run(line, signal, async () => {
        if (await isUnchanged(line, `${inbox}/${name}`)) await move(`${inbox}/${name}`, `${archive}/${as}`);
      }),
  };
}

/** One operation. After a failure nobody knows what the server still does with it, so the connection ends. */
async function run<T>({ guard, socket }: OpenLine, signal: AbortSignal, operation: () => Promise<T>): Promise<T> {
  try {
    return await guard(operation, signal);
  } catch (error) {
    if (error instanceof NoAnswer && error.reason === 'unintelligible') throw error;
    if (!isAboutOneFile(error)) socket.destroy();
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer('unavailable', 'an SFTP operation failed', { cause: codeIn(error) });
  }
}

/** No such file, permission denied (SSH_FX_NO_SUCH_FILE, SSH_FX_PERMISSION_DENIED), in the client's words or the server's. */
const aboutOneFile = new Set(['2', '3', 'ENOENT', 'EACCES']);
const isAboutOneFile = (error: unknown): boolean => !(error instanceof NoAnswer) && aboutOneFile.has(codeIn(error));

/** Somebody may have written it anew since it was listed: then it is another file, and has not been dealt with. */
async function isUnchanged({ client, looks }: OpenLine, path: string): Promise<boolean> {
  const look = looks.get(path);
  const { size, modifyTime } = await client.stat(path);
  return look === undefined || (look.sizeBytes === size && look.changedAt === modifyTime);
}

interface SeenFile {
  readonly path: string;
  readonly size: number;
  readonly modifyTime: number;
}

function stateOf({ place, looks }: OpenLine, { path, size, modifyTime }: SeenFile): BoxFile['state'] {
  const nowMs = place.now().getTime();
  const before = looks.get(path);
  const isSame = before?.sizeBytes === size && before.changedAt === modifyTime;
  const sinceMs = isSame ? before.sinceMs : nowMs;
  looks.set(path, { sizeBytes: size, changedAt: modifyTime, sinceMs });
  if (!isSame || nowMs - sinceMs < place.stableAfterMs) return 'growing';
  return size > place.maxFileBytes ? 'too-large' : 'complete';
}

function forgetGone(looks: Looks, folder: string, present: ReadonlySet<string>): void {
  for (const path of looks.keys()) if (path.startsWith(folder) && !present.has(path)) looks.delete(path);
}

/** Never more than the limit, even if the file grew since it was listed. */
async function readWhole({ client, place }: OpenLine, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of client.createReadStream(path)) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a file comes as bytes');
    size += chunk.length;
    if (size > place.maxFileBytes) throw new NoAnswer('unintelligible', 'a file over the limit');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
