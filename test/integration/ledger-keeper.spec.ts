import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecrets, readEnvironment } from '#platform';
import { verifyDatabase } from '../../apps/cli/src/commands/audit.ts';
import type { LedgerKeeper } from '../../apps/gateway/src/audit/ledger-keeper.ts';
import { openLedgerKeeper } from '../../apps/gateway/src/audit/ledger-keeper.ts';
import { auditEntry } from './audit-entry.ts';
import { after, start, startStorePlace, type StorePlace } from './store-place.ts';

let place: StorePlace;
let dir: string;
const told: { event: string; fields: object }[] = [];
let chainOk: boolean | null = null;
let nowMs = 0;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chakong-keeper-'));
  place = await startStorePlace();
});
afterAll(async () => {
  await place.stop();
  rmSync(dir, { recursive: true, force: true });
});

function keeper(store = place.store): LedgerKeeper {
  const read = readEnvironment(
    {},
    { CHAKONG_PROFILE: 'demo', CHAKONG_DATA_DIR: dir, CHAKONG_AUDIT_CHECKPOINT_ROWS: '10' },
  );
  if (!read.ok) throw new Error('no settings');
  const tell = (event: string, fields: object = {}) => void told.push({ event, fields });
  return openLedgerKeeper({
    settings: read.settings,
    store,
    secret: createSecrets({ variables: new Map(), secretsDir: join(dir, 'none'), generateIn: join(dir, 'secrets') }),
    log: { debug: tell, info: tell, warn: tell, error: tell } as never,
    metrics: { auditChain: ({ ok }: { ok: boolean }) => void (chainOk = ok) } as never,
    now: () => after(nowMs),
  });
}
const write = async (count: number) => {
  for (let index = 0; index < count; index += 1) await place.store.ledger.record(auditEntry());
};
const files = () => readdirSync(join(dir, 'audit-checkpoints'));

describe('checkpoints of the ledger', () => {
  it('are signed when enough rows came or one is old enough, by one process, inside and outside of the database', async () => {
    const other = await place.openWith(() => start);
    const [one, two] = [keeper(), keeper(other)];
    expect(await one.signIfDue()).toBe(false); // there is nothing to sign
    await write(3);
    expect(await one.signIfDue()).toBe(false);
    await write(7);
    const made = await Promise.all([one.signIfDue(), two.signIfDue(), one.signIfDue()]);
    expect(made.filter(Boolean)).toHaveLength(1);
    nowMs = 3_600_000; // the entry about the checkpoint alone makes no other one
    expect(await one.signIfDue()).toBe(false);
    await write(1);
    expect(await one.signIfDue()).toBe(true);
    await other.close();
    const stored = await place.store.ledger.checkpoints.list({ after: 0, limit: 10 });
    expect(stored.map(({ seq }) => seq)).toEqual([10, 12]);
    expect(files()).toEqual([`checkpoints-${after(nowMs).toISOString().slice(0, 7)}.jsonl`]);
    const kept = readFileSync(join(dir, 'audit-checkpoints', files()[0] ?? ''), 'utf8')
      .trim()
      .split('\n');
    expect(kept.map((line) => (JSON.parse(line) as { jws: string }).jws)).toEqual(stored.map(({ jws }) => jws));
    expect(told.filter(({ event }) => event === 'checkpoint.signed').map(({ fields }) => fields)).toMatchObject([
      { seq: 10, hash: stored[0]?.hash },
      { seq: 12, hash: stored[1]?.hash },
    ]);
    expect(start.getTime()).toBeLessThan(after(nowMs).getTime());
  });

  it('prove the chain, and the newest rows are looked at again and again', async () => {
    const own = keeper();
    expect(await own.verify({ from: 1, to: null })).toMatchObject({
      outcome: 'intact',
      checkpoints: 2,
      forgedCheckpoints: 0,
    });
    await own.checkNewest();
    await write(2);
    await own.checkNewest();
    expect(chainOk).toBe(true);
  });

  it('let the command line look at the database by itself', async () => {
    const own = keeper();
    const key = join(dir, 'key.pem');
    writeFileSync(key, (await own.publicKeys()).join('\n'));
    const said: string[] = [];
    const output = { result: (line: string) => void said.push(line), progress: () => {} } as never;
    const settings = { databaseUrl: place.databaseUrl, auditCheckpointsDir: null, dataDir: dir } as never;
    const options = { from: 1, to: null, key, checkpoints: null, report: null, json: false };
    expect(await verifyDatabase(output, settings, options)).toBe(0);
    expect(said[0]).toMatch(/^intact: \d+ rows, 1 to \d+, 2 checkpoints$/);
    expect(await verifyDatabase(output, settings, { ...options, from: 3, to: 6 })).toBe(0);
  });

  it('tell that the database was cut back, also when its checkpoints were cut back with it', async () => {
    const own = keeper();
    await own.checkNewest();
    for (const table of ['audit_events', 'audit_checkpoints']) {
      await place.raw.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await place.raw.query(`DELETE FROM ${table} WHERE seq > 5`);
    }
    await place.raw.query('UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit_events WHERE seq = 5)');
    const verdict = await own.verify({ from: 1, to: null });
    expect(verdict).toMatchObject({ outcome: 'broken', firstBroken: { seq: 6, kind: 'truncated', found: null } });
    await own.checkNewest();
    expect(chainOk).toBe(false);
    expect(told.at(-1)).toMatchObject({ event: 'audit.chain-broken', fields: { kind: 'truncated' } });
    await keeper().checkNewest(); // a process that starts now sees it too
    expect(chainOk).toBe(false);
  });
});
