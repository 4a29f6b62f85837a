import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { appRole } from '../app-role-name.ts';
import { type PreparedCluster, superuser } from './cluster.ts';
import { EmbeddedFailure } from './embedded-failure.ts';
import { loopback } from './free-port.ts';
import type { Place } from './place.ts';
import { type Postmaster, startLog } from './postmaster.ts';
import { nullOn, systemCode } from './system-code.ts';

/** Both the owner's account and the database it owns; migrations and queues make their own schemas in it. */
const owner = 'chakong';

const pollMs = 50;
const connectMs = 5_000;
/** Recovery after a crash replays at most what was written since the last checkpoint. */
const readyWithinMs = 120_000;

/** Refused or reset while it begins to listen; 57P03 while it recovers (cannot_connect_now). */
const notYet = ['ECONNREFUSED', 'ECONNRESET', '57P03'];
/** invalid_password (also for an unknown role), invalid_authorization, invalid_catalog_name: not set up yet. */
const notSetUp = ['28P01', '28000', '3D000'];

export type Urls = { readonly url: string; readonly superuserUrl: string };

/** Where to connect. Both carry a password: they must not be printed. */
function connectionUrls({ credentials }: PreparedCluster, port: number): Urls {
  const at = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@${loopback}:${port}/${database}`;
  return { url: at(owner, credentials.owner, owner), superuserUrl: at(superuser, credentials.superuser, 'postgres') };
}

type Awaited = { readonly cluster: PreparedCluster; readonly place: Place; readonly signal: AbortSignal };

/** Waits until the server answers, and makes owner, database and the role the product works under if they are not there. */
export async function awaitFirstConnection(postmaster: Postmaster, { cluster, place, signal }: Awaited): Promise<Urls> {
  const urls = connectionUrls(cluster, postmaster.port);
  for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += pollMs) {
    signal.throwIfAborted();
    if (postmaster.ending() !== null) throw failed(place, 'start-failed', 'ended while it was starting');
    const reached = await reach(urls.superuserUrl);
    if (reached) {
      await setUp(urls, cluster);
      return urls;
    }
    await wait(pollMs, undefined, { signal });
  }
  throw failed(place, 'start-timed-out', `did not answer within ${readyWithinMs / 1000} s`);
}

async function reach(url: string): Promise<boolean> {
  const client = await connect(url).catch(nullOn(...notYet));
  await client?.end();
  return client !== null;
}

async function setUp(urls: Urls, { credentials }: PreparedCluster): Promise<void> {
  const ready = await connect(urls.url).catch(nullOn(...notSetUp));
  if (ready !== null) {
    const isWhole = await hasRole(ready, appRole);
    await ready.end();
    if (isWhole) return;
  }
  const client = await connect(urls.superuserUrl);
  try {
    const password = pg.escapeLiteral(credentials.owner);
    await client.query(
      `${(await hasRole(client, owner)) ? 'alter' : 'create'} role ${owner} login password ${password}`,
    );
    if (!(await hasRole(client, appRole))) await client.query(`create role ${appRole} nologin`);
    await client.query(`grant ${appRole} to ${owner}`);
    const databases = await client.query('select 1 from pg_database where datname = $1', [owner]);
    if (databases.rowCount === 0) await client.query(`create database ${owner} owner ${owner}`);
  } finally {
    await client.end();
  }
}

async function hasRole(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  return rowCount === 1;
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectMs });
  let lost: unknown = null;
  client.on('error', (error) => {
    lost = error; // a connection cut later is seen by the query that needs it
  });
  await client.connect();
  if (systemCode(lost) !== null) throw lost;
  return client;
}

function failed(place: Place, code: 'start-failed' | 'start-timed-out', what: string): EmbeddedFailure {
  const fix = `Read ${startLog(place)} and the newest log beside it; common causes are a full disk and missing shared memory.`;
  return new EmbeddedFailure(code, `The embedded database in ${place.home} ${what}.`, fix);
}
