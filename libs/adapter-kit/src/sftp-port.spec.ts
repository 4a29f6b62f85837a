import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import ssh2 from 'ssh2';
import { type FileTree, openFileTree } from '../../../apps/simulator/src/bank-files/file-tree.ts';
import { hostKeyOf } from '../../../apps/simulator/src/bank-files/host-key.ts';
import {
  type BeforeRead,
  type SftpServer,
  startSftpServer,
} from '../../../apps/simulator/src/bank-files/sftp-server.ts';
import { openSftp, type SftpBoxes, type SftpPlace } from './sftp-port.ts';

const servers: SftpServer[] = [];
const opened: SftpBoxes[] = [];
afterEach(async () => {
  for (const boxes of opened.splice(0)) await boxes.close();
  for (const server of servers.splice(0)) await server.stop();
});

const hostKey = hostKeyOf('test');
const parsed = ssh2.utils.parseKey(hostKey);
if (parsed instanceof Error) throw parsed;
const hostKeySha256 = `SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64')}`;
const folders = { inbox: '/in', outbox: '/out', archive: '/old' };
const ever = (): AbortSignal => new AbortController().signal;
const failed = (reason: string, more: object = {}) => expect.objectContaining({ name: 'NoAnswer', reason, ...more });

interface Given {
  readonly place?: Partial<SftpPlace>;
  readonly beforeRead?: BeforeRead;
}

async function given({ place = {}, beforeRead }: Given = {}) {
  let nowMs = Date.parse('2026-03-01T00:00:00Z');
  const now = () => new Date(nowMs);
  const tree: FileTree = openFileTree(now);
  for (const path of Object.values(folders)) tree.makeFolder(path);
  const server = await startSftpServer({
    ...{ port: 0, hostKey, username: 'court', password: 'right', tree },
    ...(beforeRead && { beforeRead }),
  });
  servers.push(server);
  const connect = openSftp({
    ...{ host: '127.0.0.1', port: server.port, username: 'court', login: { password: 'right' }, hostKeySha256 },
    allowedNetworks: ['127.0.0.0/8'],
    ...{ deadlineMs: 3_000, stableAfterMs: 1_000, maxFileBytes: 100_000, maxFiles: 10, now, ...place },
  });
  const box = async () => {
    const boxes = await connect(ever());
    opened.push(boxes);
    return boxes.box(folders);
  };
  return { tree, box, connect, pass: (ms: number) => (nowMs += ms) };
}

describe('a box on an SFTP server', () => {
  it('is not opened with a wrong password', async () => {
    const { connect } = await given({ place: { login: { password: 'wrong' } } });
    await expect(connect(ever())).rejects.toEqual(failed('unauthorized'));
  });

  it('is not opened behind another host key than the pinned one', async () => {
    const { connect } = await given({ place: { hostKeySha256: `SHA256:${'A'.repeat(43)}` } });
    await expect(connect(ever())).rejects.toEqual(failed('unavailable', { reasonCode: 'host-key-changed' }));
  });

  it('is not opened where nobody listens', async () => {
    const { connect } = await given({ place: { port: 1 } });
    await expect(connect(ever())).rejects.toEqual(failed('unavailable'));
  });

  it('gets a file under its name only when it is whole, and replaces one of the same name', async () => {
    const { tree, box } = await given();
    const names: string[] = [];
    const { write } = tree;
    tree.write = (path, bytes) => {
      names.push(path);
      write(path, bytes);
    };
    const out = await box();
    for (const content of ['first', 'second']) {
      await out.put({ name: 'a.zip', bytes: Buffer.from(content) }, ever());
      expect(tree.read('/out/a.zip')?.bytes.toString()).toBe(content);
    }
    expect(new Set(names)).toEqual(new Set(['/out/a.zip.part']));
    expect(tree.names('/out')).toEqual(['a.zip']);
  });

  it('shows a file as complete when two looks saw the same one, long enough apart; also over two connections', async () => {
    const { tree, box, pass } = await given();
    tree.write('/in/a.zip', Buffer.from('half'));
    tree.write('/in/b.zip.part', Buffer.from('half'));
    const look = async () => (await (await box()).list(ever())).map(({ name, state }) => `${name} ${state}`);
    expect(await look()).toEqual(['a.zip growing']);
    pass(999);
    expect(await look()).toEqual(['a.zip growing']);
    tree.write('/in/a.zip', Buffer.from('half and half'));
    pass(1);
    expect(await look()).toEqual(['a.zip growing']);
    pass(1_000);
    expect(await look()).toEqual(['a.zip complete']);
  });

  it('does not read what is too large', async () => {
    const { tree, box, pass } = await given();
    tree.write('/in/a.zip', Buffer.alloc(100_001));
    const inside = await box();
    await inside.list(ever());
    pass(1_000);
    expect(await inside.list(ever())).toEqual([{ name: 'a.zip', sizeBytes: 100_001, state: 'too-large' }]);
    await expect(inside.read('a.zip', ever())).rejects.toEqual(failed('unintelligible'));
  });

  it('gives the bytes, and moves them to the archive', async () => {
    const { tree, box } = await given();
    const bytes = Buffer.alloc(90_000, 'chakong');
    tree.write('/in/a.zip', bytes);
    const inside = await box();
    expect(Buffer.from(await inside.read('a.zip', ever())).equals(bytes)).toBe(true);
    await inside.archive('a.zip', 'b.zip', ever());
    expect([tree.names('/in'), tree.read('/old/b.zip')?.bytes.equals(bytes)]).toEqual([[], true]);
  });

  it('tells a missing file from an empty one, and goes on', async () => {
    const { tree, box } = await given();
    tree.write('/in/empty', Buffer.alloc(0));
    const inside = await box();
    await expect(inside.read('none', ever())).rejects.toEqual(failed('unavailable'));
    expect(await inside.read('empty', ever())).toHaveLength(0);
  });

  it('gives up a server that drips, after the deadline', async () => {
    const slow: BeforeRead = () => new Promise((resolve) => setTimeout(resolve, 60_000, 'go-on').unref());
    const { tree, box } = await given({ place: { deadlineMs: 300 }, beforeRead: slow });
    tree.write('/in/a.zip', Buffer.from('slow'));
    await expect((await box()).read('a.zip', ever())).rejects.toEqual(failed('timed-out'));
  });

  it('gives no half file when the connection is cut in the middle', async () => {
    const cut: BeforeRead = (_, offset) => Promise.resolve(offset > 0 ? 'hang-up' : 'go-on');
    const { tree, box } = await given({ beforeRead: cut });
    tree.write('/in/a.zip', Buffer.alloc(99_000));
    await expect((await box()).read('a.zip', ever())).rejects.toEqual(failed('unavailable'));
  });

  it('ends at the signal', async () => {
    const { box } = await given();
    const inside = await box();
    const stop = new AbortController();
    stop.abort();
    await expect(inside.list(stop.signal)).rejects.toEqual(failed('cancelled'));
  });
});
