import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textHash } from '#platform';
import { auditEntry as entry } from './audit-entry.ts';
import { ask, startStorePlace, type StorePlace } from './store-place.ts';

let place: StorePlace;
beforeAll(async () => {
  place = await startStorePlace();
});
afterAll(() => place.stop());

interface Row {
  readonly seq: string;
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
  readonly persons: string[];
}
const rowsOf = async (): Promise<Row[]> =>
  (await place.raw.query<Row>('SELECT seq, body, previous, hash, persons FROM audit_events ORDER BY seq')).rows;

describe('the ledger', () => {
  it('binds every event to the one before it, also when many are written at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => place.store.ledger.record(entry())));
    const rows = await rowsOf();
    expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const [index, { body, hash, previous }] of rows.entries()) {
      const before = rows[index - 1]?.hash ?? `sha256:${'0'.repeat(64)}`;
      expect([textHash('sha256', body), previous]).toEqual([hash, before]);
    }
  });

  it('holds neither reason nor person in clear, and finds the same person in another case by the same index', async () => {
    const [one, other] = [await ask(place.store, { agencies: 1 }), await ask(place.store, { agencies: 1 })];
    const reason = '当事人张三申请';
    await place.store.ledger.record(entry({ debtorId: one.debtorId, reason }));
    await place.store.ledger.record(entry({ debtorId: other.debtorId }));
    const [first, second] = (await rowsOf()).slice(-2);
    expect(first?.persons).toHaveLength(1);
    expect(second?.persons).toEqual(first?.persons);
    const { rows } = await place.raw.query<{ line: string }>('SELECT t::text AS line FROM audit_events AS t');
    const lines = rows.map(({ line }) => line).join('\n');
    for (const text of [reason, '张三']) {
      expect(lines).not.toContain(text);
      expect(lines).not.toContain(Buffer.from(text).toString('hex'));
    }
  });

  it('is there exactly when the act is', async () => {
    const before = (await rowsOf()).length;
    const intent = { caller: 'usr_zhao', method: 'POST', path: '/x', key: 'k', fingerprint: 'f', days: 1 };
    const undone = place.store.idempotency.run(intent, async (tx) => {
      await place.store.ledger.record(entry(), tx);
      throw new Error('the act failed');
    });
    await expect(undone).rejects.toThrow('the act failed');
    expect(await rowsOf()).toHaveLength(before);
  });

  it('lets nobody change, remove or empty it', async () => {
    for (const statement of [
      "UPDATE audit_events SET body = '{}' WHERE seq = 1",
      'DELETE FROM audit_events WHERE seq = 1',
      'TRUNCATE audit_events',
    ])
      await expect(place.raw.query(statement)).rejects.toMatchObject({ code: '23001' });
  });
});
