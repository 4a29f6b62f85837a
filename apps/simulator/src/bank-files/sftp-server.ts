import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import ssh2, { type Attributes, type AuthContext, type Connection, type SFTPWrapper } from 'ssh2';
import type { FileTree, TreeFile } from './file-tree.ts';

/** A slow or broken server, for tests: called before every read of a file. */
export type BeforeRead = (path: string, offset: number) => Promise<'go-on' | 'hang-up'>;

export interface SftpServerOptions {
  readonly port: number; // 0 picks a free one
  readonly host?: string;
  readonly hostKey: string;
  readonly username: string;
  readonly password: string;
  readonly tree: FileTree;
  readonly beforeRead?: BeforeRead;
}

export interface SftpServer {
  readonly port: number;
  stop(): Promise<void>;
}

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;

/** An SFTP server (version 3) over files in memory: what a court's box offers, and no more. */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const open = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (connection) => {
    open.add(connection);
    connection.on('error', () => connection.end()); // the other side went away
    connection.on('close', () => open.delete(connection));
    connection.on('authentication', (attempt) => admit(options, attempt));
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp();
        const hangUp = (): void => void connection.end();
        sftp.on('error', hangUp); // a packet that is none; a box that dies of it would take every bank with it
        serve(sftp, options, hangUp);
      });
    });
  });
  const listener = createServer({ noDelay: true }, (socket) => server.injectSocket(socket));
  listener.listen(options.port, options.host ?? '127.0.0.1');
  await once(listener, 'listening');
  const address: AddressInfo | string | null = listener.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    stop: async () => {
      const closed = once(listener, 'close');
      listener.close();
      for (const connection of open) connection.end();
      await closed;
    },
  };
}

function admit({ username, password }: SftpServerOptions, attempt: AuthContext): void {
  const isRight = attempt.method === 'password' && attempt.username === username && attempt.password === password;
  if (isRight) attempt.accept();
  else attempt.reject(['password']);
}

/** What one handle stands for: a file that is read or written, or a folder that is listed once. */
type Opened =
  | { readonly kind: 'read'; readonly path: string; readonly file: TreeFile }
  | { readonly kind: 'write'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string; isListed: boolean };

interface Session {
  readonly sftp: SFTPWrapper;
  readonly options: SftpServerOptions;
  readonly handles: Map<string, Opened>;
  readonly handOut: (opened: Opened) => Buffer;
  readonly hangUp: () => void;
}

function serve(sftp: SFTPWrapper, options: SftpServerOptions, hangUp: () => void): void {
  const handles = new Map<string, Opened>();
  let last = 0;
  const handOut = (opened: Opened): Buffer => {
    last += 1;
    handles.set(String(last), opened);
    return Buffer.from(String(last));
  };
  const session: Session = { sftp, options, handles, handOut, hangUp };
  serveFiles(session);
  serveFolders(session);
  serveNames(session);
}

function serveFiles({ sftp, options, handles, handOut, hangUp }: Session): void {
  const { tree, beforeRead = () => Promise.resolve('go-on' as const) } = options;
  sftp.on('OPEN', (id, path, flags) => {
    if ((flags & OPEN_MODE.WRITE) !== 0) {
      tree.write(path, Buffer.alloc(0));
      sftp.handle(id, handOut({ kind: 'write', path }));
      return;
    }
    const file = tree.read(path);
    if (file === null) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.handle(id, handOut({ kind: 'read', path, file }));
  });
  // oxlint-disable-next-line max-params -- the event of the package
  sftp.on('READ', (id, handle, offset, length) => {
    const opened = handles.get(handle.toString());
    if (opened?.kind !== 'read') return sftp.status(id, STATUS_CODE.FAILURE);
    const reply = (): void => {
      const piece = opened.file.bytes.subarray(offset, offset + length);
      if (piece.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, piece);
    };
    void beforeRead(opened.path, offset).then((then) => (then === 'go-on' ? reply() : hangUp()));
  });
  // oxlint-disable-next-line max-params -- the event of the package
  sftp.on('WRITE', (id, handle, offset, piece) => {
    const opened = handles.get(handle.toString());
    const file = opened?.kind === 'write' ? tree.read(opened.path) : null;
    if (opened === undefined || file === null) return sftp.status(id, STATUS_CODE.FAILURE);
    const whole = Buffer.alloc(Math.max(file.bytes.length, offset + piece.length));
    file.bytes.copy(whole);
    piece.copy(whole, offset);
    tree.write(opened.path, whole);
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('CLOSE', (id, handle) => {
    sftp.status(id, handles.delete(handle.toString()) ? STATUS_CODE.OK : STATUS_CODE.FAILURE);
  });
}

const fileMode = 0o100_644;
const folderMode = 0o040_755;

function attributesOf(file: TreeFile | null): Attributes {
  const at = file === null ? 0 : Math.floor(file.changedAt.getTime() / 1_000);
  const mode = file === null ? folderMode : fileMode;
  return { mode, uid: 0, gid: 0, size: file?.bytes.length ?? 0, atime: at, mtime: at };
}

function serveFolders({ sftp, options, handles, handOut }: Session): void {
  const { tree } = options;
  sftp.on('OPENDIR', (id, path) => {
    if (tree.hasFolder(path)) sftp.handle(id, handOut({ kind: 'folder', path, isListed: false }));
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on('READDIR', (id, handle) => {
    const opened = handles.get(handle.toString());
    if (opened?.kind !== 'folder') return sftp.status(id, STATUS_CODE.FAILURE);
    const names = opened.isListed ? [] : tree.names(opened.path);
    opened.isListed = true;
    if (names.length === 0) return sftp.status(id, STATUS_CODE.EOF);
    return sftp.name(
      id,
      names.map((filename) => ({
        filename,
        longname: `-rw-r--r-- 1 box box 0 Jan 1 00:00 ${filename}`,
        attrs: attributesOf(tree.read(`${opened.path}/${filename}`)),
      })),
    );
  });
}

function serveNames({ sftp, options }: Session): void {
  const { tree } = options;
  const tell = (id: number, path: string): void => {
    const file = tree.read(path);
    if (file === null && !tree.hasFolder(path)) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(id, attributesOf(file));
  };
  sftp.on('STAT', tell);
  sftp.on('LSTAT', tell);
  sftp.on('REALPATH', (id, path) => {
    sftp.name(id, [{ filename: path, longname: path, attrs: attributesOf(null) }]);
  });
  sftp.on('REMOVE', (id, path) => {
    sftp.status(id, tree.remove(path) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on('RENAME', (id, from, to) => {
    sftp.status(id, tree.rename(from, to) ? STATUS_CODE.OK : STATUS_CODE.FAILURE);
  });
}
