import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, textHash } from '#platform';
import { openQueueEngine } from '#queue';
import { migrate, openStore } from '#store';
import pg from 'pg';
import { auditEntry } from './audit-entry.ts';
import { anyKeyring, ask, quietLog, refusal, startStorePlace, type StorePlace } from './store-place.ts';
import { newSigner } from './test-signer.ts';

let place: StorePlace;
let superuser: pg.Client;
beforeAll(async () => {
  place = await startStorePlace();
  superuser = await connected(place.superuserUrl);
  await place.store.ledger.record(auditEntry());
});
afterAll(async () => {
  await superuser.end();
  await place.stop();
});

/** A connection under a role of the product; `options` as PostgreSQL takes them. */
async function connected(url: string, options = ''): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options });
  await client.connect();
  return client;
}

const rewriting = [
  "UPDATE audit_events SET body = '{}' WHERE seq = 1",
  'DELETE FROM audit_events WHERE seq = 1',
  'TRUNCATE audit_events',
  "INSERT INTO audit_events (seq, body, previous, hash) VALUES (99, '{}', 'x', 'y')",
  'UPDATE audit_head SET seq = 0',
  'DELETE FROM audit_head',
  'UPDATE audit_checkpoints SET seq = 7',
  'DELETE FROM audit_checkpoints',
  'TRUNCATE audit_checkpoints',
  'ALTER TABLE audit_events DISABLE TRIGGER ALL',
  'DROP TRIGGER audit_events_stay ON audit_events',
];

describe('the role that the product works under', () => {
  it('is taken by every connection of the store', async () => {
    const { rows } = await place.raw.query<{ count: string }>(
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'chakong-store'",
    );
    expect(Number(rows[0]?.count)).toBeGreaterThan(0);
    const own = await connected(place.databaseUrl, '-c role=chakong_app');
    const who = await own.query<{ current_user: string }>('SELECT current_user');
    await own.end();
    expect(who.rows).toEqual([{ current_user: 'chakong_app' }]);
  });

  it.each(rewriting)('may not: %s', async (statement) => {
    const own = await connected(place.databaseUrl, '-c role=chakong_app');
    try {
      await expect(own.query(statement)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await own.end();
    }
  });

  it('cannot append what does not follow the head, or was not hashed as it says', async () => {
    const own = await connected(place.databaseUrl, '-c role=chakong_app');
    const head = await place.store.ledger.head();
    const append = (body: object, hash?: string) => {
      const text = canonicalJson(body);
      return own.query('SELECT append_audit($1, $2, $3)', [[text], [hash ?? textHash('sha256', text)], [null]]);
    };
    const next = { seq: head.seq + 1, previous: head.hash };
    try {
      for (const wrong of [
        append({ ...next, seq: 1 }),
        append({ ...next, seq: head.seq + 2 }),
        append({ ...next, previous: `sha256:${'1'.repeat(64)}` }),
        append(next, `sha256:${'2'.repeat(64)}`),
        append(next, 'md5:2'),
      ])
        await expect(wrong).rejects.toMatchObject({ code: '23514' });
    } finally {
      await own.end();
    }
    expect(await place.store.ledger.head()).toEqual(head);
  });

  it('is not fooled by tables of the same name', async () => {
    const own = await connected(place.databaseUrl, '-c role=chakong_app');
    try {
      await superuser.query('GRANT TEMPORARY ON DATABASE ' + (await databaseOf(own)) + ' TO chakong_app');
      await own.query("CREATE TEMP TABLE audit_head AS SELECT 41::bigint AS seq, 'x'::text AS hash");
      const { rows } = await own.query<{ seq: string }>('SELECT seq FROM lock_audit_head()');
      expect(Number(rows[0]?.seq)).toBe((await place.store.ledger.head()).seq);
    } finally {
      await own.end();
    }
  });

  it('lets a login of its own do all the work, and makes the schema of the queue', async () => {
    await superuser.query("CREATE ROLE gateway_login LOGIN PASSWORD 'made-up' IN ROLE chakong_app");
    const url = new URL(place.databaseUrl);
    url.username = 'gateway_login';
    url.password = 'made-up';
    const store = await openStore({
      databaseUrl: url.href,
      ...{ clock: () => new Date(), toInstant: String, newId: (prefix) => `${prefix}_x`, log: quietLog },
      keyring: place.keyring,
      signer: newSigner(),
      ledgerGuarded: true,
    });
    const queue = await openQueueEngine({
      ...{ queueUrl: null, databaseUrl: url.href, channelIds: ['bank-sample'] },
      ...{ onError: () => {}, now: () => new Date() },
    });
    try {
      const place1 = await store.ledger.record(auditEntry());
      expect(place1.seq).toBe((await place.store.ledger.head()).seq);
      expect(await queue.counts()).toBeDefined();
      const own = await connected(url.href);
      for (const statement of rewriting) await expect(own.query(statement)).rejects.toMatchObject({ code: '42501' });
      await own.end();
    } finally {
      await queue.close();
      await store.close();
    }
  });

  it('does its work: a case, a debtor, a document and an inquiry', async () => {
    await expect(ask(place.store, { agencies: 3 })).resolves.toMatchObject({ inquiryId: expect.any(String) });
  });
});

describe('a server where no role can be made', () => {
  it('is said loudly, and refused where the ledger has to be guarded', async () => {
    await superuser.query("CREATE ROLE plain_owner LOGIN PASSWORD 'made-up'");
    await superuser.query('CREATE DATABASE plain OWNER plain_owner');
    const url = new URL(place.databaseUrl);
    url.username = 'plain_owner';
    url.password = 'made-up';
    url.pathname = '/plain';
    await superuser.query('ALTER ROLE chakong_app RENAME TO chakong_away');
    const told: string[] = [];
    const log = {
      ...quietLog,
      warn: (event: string) => void told.push(event),
      error: (event: string) => void told.push(event),
    };
    const opening = (ledgerGuarded: boolean) =>
      openStore({
        ...{ databaseUrl: url.href, clock: () => new Date(), toInstant: String, newId: String, log, ledgerGuarded },
        keyring: anyKeyring(),
        signer: newSigner(),
      });
    try {
      await migrate(url.href, log);
      expect(await refusal(opening(true))).toBe('ledger-unguarded');
      const store = await opening(false);
      await store.close();
    } finally {
      await superuser.query('ALTER ROLE chakong_away RENAME TO chakong_app');
    }
    expect(told).toEqual(['role.not-created', 'ledger.unguarded', 'ledger.unguarded']);
  });
});

const databaseOf = async (client: pg.Client): Promise<string> =>
  (await client.query<{ name: string }>('SELECT quote_ident(current_database()) AS name')).rows[0]?.name ?? '';
