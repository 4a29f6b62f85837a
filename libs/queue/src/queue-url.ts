/** Where the queue lives, read from `QUEUE_URL`; without one it lives in PostgreSQL. */
export type QueuePlace =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }
  | { readonly kind: 'sentinel'; readonly hosts: readonly Host[]; readonly master: string; readonly login: Login }
  | { readonly kind: 'cluster'; readonly hosts: readonly Host[]; readonly login: Login };

interface Host {
  readonly host: string;
  readonly port: number;
}
interface Login {
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
}

/** The URL is not of a form we know; the message repeats neither host nor password. */
export class QueueUrlError extends Error {
  override readonly name = 'QueueUrlError';
  readonly code = 'queue-url';
}

/**
 * Forms: `redis://[user:password@]host:port[/db]`, `rediss://…`, `redis+sentinel://host:26379,host2:26379/master[/db]`,
 * `redis+cluster://host:6379,host2:6379`. Null: PostgreSQL at `databaseUrl`.
 */
export function readQueueUrl(queueUrl: string | null, databaseUrl: string): QueuePlace {
  if (queueUrl === null) return { kind: 'postgres', url: databaseUrl };
  if (/^rediss?:\/\//.test(queueUrl)) return { kind: 'redis', url: queueUrl };
  const parts = /^redis\+(sentinel|cluster):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/]+)(?:\/([^/]+))?(?:\/(\d+))?$/.exec(
    queueUrl,
  );
  if (!parts)
    throw new QueueUrlError(
      'QUEUE_URL must be redis://, rediss://, redis+sentinel://hosts/master or redis+cluster://hosts',
    );
  const [, form, username, password, hostList = '', master, db] = parts;
  const hosts = hostList.split(',').map((each) => readHost(each, form === 'sentinel' ? 26_379 : 6_379));
  const login: Login = {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(db ? { db: Number(db) } : {}),
  };
  if (form === 'cluster') return { kind: 'cluster', hosts, login };
  if (!master) throw new QueueUrlError('QUEUE_URL redis+sentinel:// needs the name of the master after the hosts');
  return { kind: 'sentinel', hosts, master, login };
}

function readHost(text: string, usualPort: number): Host {
  const [host = '', port] = text.split(':');
  const number = port === undefined ? usualPort : Number(port);
  if (host === '' || !Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new QueueUrlError('QUEUE_URL holds a host that is not host:port');
  }
  return { host, port: number };
}
