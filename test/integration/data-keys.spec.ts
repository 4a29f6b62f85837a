import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bindKeyring, type BoundKeyring, type KeyOptions, newId } from '#platform';
import { type KeyAct, migrate, openStore, readKeysStatus, startEmbeddedPostgres, type Store } from '#store';
import pg from 'pg';
import { eventually } from './replica.ts';
import { ask, canary, debtor, instant, quietLog, start } from './store-place.ts';
import { newSigner } from './test-signer.ts';
import { indexVersionOne, sealVersionOne } from './version-one.ts';

const key = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });
const [oldKey, newKey] = [key('old', 2), key('new', 1)];
const never = new AbortController().signal;
const act: KeyAct = {
  actor: { userId: null, role: 'system', courtCode: null, via: 'command-line' },
  ...{ caseId: null, debtorId: null, purpose: null, reason: null, shown: null, address: null, result: 'done' },
};

let dataDir: string;
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let admin: pg.Client;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'chakong-keys-'));
  chmodSync(dataDir, 0o711);
  server = await startEmbeddedPostgres({ dataDir, log: quietLog });
  admin = new pg.Client({ connectionString: server.superuserUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

let databases = 0;
interface Place {
  readonly url: string;
  readonly raw: pg.Client;
  open(keys: BoundKeyring, log?: typeof quietLog): Promise<Store>;
  stop(): Promise<void>;
}

/** A database of its own, brought up to date. */
async function newPlace(): Promise<Place> {
  databases += 1;
  await admin.query(`CREATE DATABASE keys_${databases} OWNER ${new URL(server.url).username}`);
  const url = Object.assign(new URL(server.url), { pathname: `/keys_${databases}` }).href;
  await migrate(url, quietLog);
  const raw = new pg.Client({ connectionString: url });
  await raw.connect();
  const stores: Store[] = [];
  return {
    url,
    raw,
    async open(keyring, log = quietLog) {
      const store = await openStore({
        ...{ databaseUrl: url, keyring, clock: () => start, toInstant: instant, newId, log },
        signer: newSigner(),
      });
      stores.push(store);
      return store;
    },
    async stop() {
      for (const store of stores) await store.close();
      await raw.end();
    },
  };
}

const ringOf = (...keys: { id: string; secret: Buffer }[]) => ({ keys: keys as [typeof oldKey] });
const keysOf = (options: KeyOptions, ...keys: { id: string; secret: Buffer }[]) =>
  bindKeyring(ringOf(...keys), options);
const nameOf = async (store: Store, debtorId: string) => (await store.debtors.get(debtorId, 'inside'))?.debtor.name;
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('data keys', () => {
  it('are made once, however many processes start at once, and are in use right away', async () => {
    const place = await newPlace();
    const stores = await Promise.all([1, 2, 3, 4].map(() => place.open(keysOf({}, newKey))));
    const { rows } = await place.raw.query('SELECT purpose, wrapping_key_id FROM data_keys ORDER BY purpose');
    expect(rows).toEqual([
      { purpose: 'blind-index', wrapping_key_id: 'new' },
      { purpose: 'seal', wrapping_key_id: 'new' },
    ]);
    const asked = await ask(stores[0]!, { agencies: 1 });
    expect(await nameOf(stores[3]!, asked.debtorId)).toBe(canary.name);
    await place.stop();
  });

  it('take over one from another under way, for all processes, and with another cipher', async () => {
    const place = await newPlace();
    const turnover = { activeAfterMs: 400, readEveryMs: 100 };
    const before = await place.open(keysOf({ turnover }, newKey));
    const first = await ask(before, { agencies: 1 });
    const sm4 = await place.open(keysOf({ turnover: { ...turnover, everyMs: 1 }, algorithm: 'sm4-gcm' }, newKey));
    const sealers = async () =>
      (
        await place.raw.query<{ algorithm: string }>(`SELECT DISTINCT algorithm FROM debtors JOIN data_keys
          ON convert_from(substring(body from 3 for get_byte(body, 1)), 'UTF8') = data_key_id ORDER BY 1`)
      ).rows.map(({ algorithm }) => algorithm);
    expect(await sealers()).toEqual(['aes-256-gcm']);
    const later: string[] = [];
    await eventually('SM4 seals', async () => {
      const { debtorId } = await ask(before, { agencies: 1 }); // it never made such a key itself
      later.push(debtorId);
      return (await sealers()).includes('sm4-gcm');
    });
    for (const store of [before, sm4])
      for (const debtorId of [first.debtorId, ...later]) expect(await nameOf(store, debtorId)).toBe(canary.name);
    await place.stop();
  });

  it('take over when one has sealed often enough, counted over all processes', async () => {
    const place = await newPlace();
    const turnover = { activeAfterMs: 1, readEveryMs: 50, mostSeals: 10 };
    const stores = [await place.open(keysOf({ turnover }, newKey)), await place.open(keysOf({ turnover }, newKey))];
    for (const store of stores) await ask(store, { agencies: 1 }); // 6 rows each
    await eventually('the next key', async () => (await readKeysStatus(place.url, quietLog)).dataKeys.length > 2);
    const { dataKeys } = await readKeysStatus(place.url, quietLog);
    expect(dataKeys.find(({ purpose }) => purpose === 'seal')!.seals).toBeGreaterThanOrEqual(10);
    await place.stop();
  });

  it('are never changed, deleted or made to seal another time', async () => {
    const place = await newPlace();
    await place.open(keysOf({}, newKey));
    for (const change of [
      'DELETE FROM data_keys',
      'TRUNCATE data_keys',
      "UPDATE data_keys SET algorithm = 'none'",
      "UPDATE data_keys SET active_from = now() + interval '1 day'",
    ])
      await expect(place.raw.query(change)).rejects.toEqual(code('23001'));
    await place.stop();
  });

  it('that are unknown refuse the work, and are there at its next try', async () => {
    const place = await newPlace();
    const quiet = { readEveryMs: 600_000, activeAfterMs: 0 };
    const reader = await place.open(keysOf({ turnover: quiet }, newKey));
    await place.raw.query('DROP TRIGGER data_keys_told ON data_keys'); // as if the notice were lost
    const writer = await place.open(keysOf({ turnover: quiet }, newKey));
    await writer.dataKeys.retire(act, never);
    const { debtorId } = await ask(writer, { agencies: 1 });
    await expect(nameOf(reader, debtorId)).rejects.toEqual(code('key-unknown'));
    await eventually('it is known', () =>
      nameOf(reader, debtorId).then(
        (name) => name === canary.name,
        () => false,
      ),
    );
    await place.stop();
  });
});

describe('rows of version 1', () => {
  it('open, are found by their indexes, and need the old key no more after a rotation', async () => {
    const place = await newPlace();
    const { raw } = place;
    await raw.query(`INSERT INTO cases (case_id, court_code, court_name, case_number, legal_basis, warnings, created_by,
      created_at) VALUES ('case_1', '990100', 'c', 'n', 'b', '[]', 'usr_zhao', now())`);
    const { zstdCompressSync } = await import('node:zlib');
    const body = zstdCompressSync(JSON.stringify({ debtor, warnings: [] }));
    await raw.query(
      `INSERT INTO debtors (debtor_id, case_id, court_code, body, id_indexes, created_at)
       VALUES ('deb_1', 'case_1', '990100', $1, $2, now())`,
      [sealVersionOne(oldKey, body, 'debtors.body/deb_1'), [indexVersionOne(newKey, 'citizen-id', canary.number)]],
    );
    const both = await place.open(keysOf({}, newKey, oldKey));
    expect(await nameOf(both, 'deb_1')).toBe(canary.name);
    expect(both.dataKeys.blindIndex('citizen-id', canary.number)).toBe(
      indexVersionOne(newKey, 'citizen-id', canary.number),
    );
    const status = await readKeysStatus(place.url, quietLog);
    expect(status.versionOne).toEqual([{ column: 'debtors.body', ringKeyId: 'old', rows: 1, takenOver: true }]);

    const third = key('third', 3);
    const rotated = await (await place.open(keysOf({}, third, newKey, oldKey))).dataKeys.rotate(act, never);
    expect(rotated).toMatchObject({ left: 0, takenOver: 1 });
    const alone = await place.open(keysOf({}, third));
    expect(await nameOf(alone, 'deb_1')).toBe(canary.name);
    expect(alone.dataKeys.blindIndex('citizen-id', canary.number)).toBe(
      indexVersionOne(newKey, 'citizen-id', canary.number),
    );
    await place.stop();
  });
});

describe('a rotation', () => {
  it('changes the wrapping key under load of another process, and nothing is lost or unreadable', async () => {
    const place = await newPlace();
    const file = join(dataDir, 'rotated.json');
    const write = (...keys: { id: string; secret: Buffer }[]) =>
      writeFileSync(
        file,
        JSON.stringify({ keys: keys.map(({ id, secret }) => ({ id, secret: secret.toString('base64') })) }),
      );
    write(oldKey);
    const script = new URL('key-load.ts', import.meta.url).pathname;
    const load = spawn(
      process.execPath,
      ['--conditions=source', '--disable-warning=ExperimentalWarning', script, place.url, file],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    let said = '';
    load.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    await eventually('the load runs', () => said.includes('going'));
    const store = await place.open(keysOf({}, newKey, oldKey));
    for (let retired = 0; retired < 3; retired += 1) await store.dataKeys.retire(act, never);
    write(newKey, oldKey);
    const gone = new AbortController();
    const interrupted = store.dataKeys.rotate(act, gone.signal);
    gone.abort();
    await expect(interrupted).rejects.toThrow();
    const rotation = await store.dataKeys.rotate(act, never);
    expect(rotation).toMatchObject({ left: 0 });
    expect((await store.dataKeys.rotate(act, never)).rewrapped).toBe(0);
    write(newKey);
    load.stdin.end();
    await once(load, 'close');
    const { written, wrong } = JSON.parse(said.split('\n')[1]!);
    expect(written).toBeGreaterThan(2);
    expect(wrong).toBe(0);
    const alone = await place.open(keysOf({}, newKey)); // the old key is gone
    const { rows } = await place.raw.query<{ debtor_id: string }>('SELECT debtor_id FROM debtors');
    for (const { debtor_id: debtorId } of rows) expect(await nameOf(alone, debtorId)).toMatch(/^王\d/);
    const entries = await place.raw.query("SELECT body FROM audit_events WHERE action = 'keys.rotated' ORDER BY seq");
    expect(entries.rows.length).toBe(4);
    expect(JSON.parse(entries.rows.at(-1).body).detail).toMatchObject({ what: 'rewrapped', wrappingKey: 'new' });
    await place.stop();
  });

  it('says what is missing when a wrapping key was taken away too early', async () => {
    const place = await newPlace();
    await place.open(keysOf({}, oldKey));
    await expect(place.open(keysOf({}, newKey))).rejects.toEqual(code('wrapping-key-unknown'));
    expect((await readKeysStatus(place.url, quietLog)).wrapping).toEqual([{ wrappingKeyId: 'old', dataKeys: 2 }]);
    await place.stop();
  });
});
