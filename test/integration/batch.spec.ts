import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assignPackages, putPackage, sendPackages } from '../../apps/worker/src/courier/send-packages.ts';
import { replayMessage } from '../../apps/worker/src/replay-message.ts';
import { type BatchPlace, startBatchPlace } from './batch-place.ts';
import {
  agencyOf,
  ask,
  type Asked,
  channelId,
  deliver,
  startStorePlace,
  type StorePlace,
  taskOf,
} from './store-place.ts';

let place: StorePlace;
let batch: BatchPlace;
beforeAll(async () => {
  place = await startStorePlace();
}, 60_000);
afterAll(() => place?.stop());
beforeEach(async () => {
  await place.raw.query(
    'TRUNCATE mailbox_tasks, package_tasks, sent_packages, arrived_packages, quarantine, operations_events',
  );
  batch = await startBatchPlace(place, 2);
});
afterEach(() => batch?.stop());

const waiting = async (agencies = 2): Promise<Asked> => {
  const asked = await ask(place.store, { agencies, mode: 'batch' });
  await deliver(place.store, asked);
  return asked;
};
/** Verdict and reason of every answer that was journalled for one agency, in order. */
async function answersOf({ inquiryId }: Asked, no = 0): Promise<string[]> {
  const said: string[] = [];
  const { rows } = await place.raw.query(
    'SELECT agency_ids, verdicts, reasons FROM answers WHERE inquiry_id = $1 ORDER BY seq',
    [inquiryId],
  );
  for (const row of rows as { agency_ids: string[]; verdicts: string[]; reasons: (string | null)[] }[]) {
    for (const [index, agencyId] of row.agency_ids.entries())
      if (agencyId === agencyOf(no)) said.push([row.verdicts[index], row.reasons[index]].filter(Boolean).join(' '));
  }
  return said;
}
const stateOf = async (asked: Asked, no = 0) => (await place.store.mailbox.find(taskOf(asked, no)))?.state;
const count = async (table: string): Promise<number> =>
  Number((await place.raw.query(`SELECT count(*) AS count FROM ${table}`)).rows[0]?.['count']);
const finished = async (): Promise<boolean> =>
  (await place.raw.query(`SELECT FROM arrived_packages WHERE state = 'arrived'`)).rows.length === 0;
const truth = /^(found|nothing)$/;

describe('a batch', () => {
  it('goes out as one package for each bank and comes back whole, every debtor answered once', async () => {
    const all = [await waiting(), await waiting()];
    await batch.until(
      async () => (await stateOf(all[1]!, 1)) === 'answered' && (await stateOf(all[0]!)) === 'answered',
    );
    await batch.round();
    for (const asked of all)
      for (const no of [0, 1]) expect(await answersOf(asked, no)).toEqual([expect.stringMatching(truth)]);
    expect([await count('sent_packages'), await count('package_tasks'), await count('arrived_packages')]).toEqual([
      2, 4, 2,
    ]);
    expect(Object.values(batch.exchanges())).toEqual([1, 1, 1, 1]);
    expect(new Set(batch.woken)).toEqual(new Set(all.map(({ inquiryId }) => inquiryId)));
    expect(await count('quarantine')).toBe(0);
    expect((await place.store.agencies.lastPolled()).has(agencyOf(0))).toBe(true);
  }, 60_000);

  it('that lacks a debtor gives no answer for that one, and the rest in a second package is a later answer', async () => {
    batch.faultsAre('split-batch');
    const all = [await waiting(1), await waiting(1)];
    await batch.until(async () => (await answersOf(all[1]!)).length === 2);
    expect(await answersOf(all[0]!)).toEqual([expect.stringMatching(truth)]);
    expect(await answersOf(all[1]!)).toEqual(['no-answer incomplete', expect.stringMatching(truth)]);
  }, 60_000);

  it('sent twice is answered once; the bank is told that it has been fed back', async () => {
    batch.faultsAre('repeat-answer');
    const asked = await waiting(1);
    await batch.until(async () => (await count('arrived_packages')) === 2 && (await finished()));
    expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    expect([await count('quarantine'), await count('operations_events')]).toEqual([0, 0]);
  }, 60_000);

  it('whose name comes again with other bytes is quarantined and told, and changes nothing', async () => {
    batch.faultsAre('package-conflict');
    const asked = await waiting(1);
    await batch.until(async () => (await count('arrived_packages')) === 2 && (await finished()));
    expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    const events = await place.store.operationsEvents.list({ after: null, limit: 10 });
    expect(events.map(({ kind, agencyId }) => [kind, agencyId])).toEqual([['package-conflict', agencyOf(0)]]);
    expect(await count('quarantine')).toBe(1);
  }, 60_000);

  it.each(['truncated', 'garbage'] as const)(
    'that is %s is quarantined with its bytes, and says nothing',
    async (fault) => {
      batch.faultsAre(fault);
      const asked = await waiting(1);
      await batch.until(async () => (await count('quarantine')) === 1);
      expect([await stateOf(asked), await answersOf(asked)]).toEqual(['open', []]);
      const [kept] = await place.store.mailbox.quarantineList(1);
      expect([kept?.agencyId, (kept?.sizeBytes ?? 0) > 10]).toEqual([agencyOf(0), true]);
      await batch.until(async () => (await stateOf(asked)) === 'answered'); // the bank sends it again under another name
      expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    },
    60_000,
  );

  it.each(['part-left', 'slow-drip'] as const)(
    'that is not there wholly yet is taken when it is: %s',
    async (fault) => {
      batch.faultsAre(fault);
      const asked = await waiting(1);
      await batch.until(async () => (await stateOf(asked)) === 'answered');
      expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    },
    60_000,
  );
});

describe('a package in quarantine', () => {
  const context = { signal: new AbortController().signal, hasParent: false };
  const replay = (quarantineId: string) => replayMessage(batch.parts, { quarantineId, channelId }, context);
  const keep = (name: string, bytes: Uint8Array) =>
    place.store.mailbox.quarantine({
      ...{ channelId, agencyId: agencyOf(0), paths: ['as the test wants it'], bytes },
      origin: { source: 'package', name },
    });
  const kept = async (quarantineId: string) => (await place.store.quarantine.get(quarantineId))?.state;

  it('is read again after a repair, and counts once', async () => {
    const asked = await waiting(1);
    await batch.withRound((round) => sendPackages(batch.parts, round));
    const dropped = await batch.withRound(async ({ boxes, agencies, signal }) => {
      const box = boxes.of(agencies[0]!);
      for (;;) {
        const file = (await box.list(signal)).find(({ state }) => state === 'complete');
        if (file) return { name: file.name, bytes: await box.read(file.name, signal) };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    const quarantineId = await keep(dropped.name, dropped.bytes);
    await replay(quarantineId);
    expect([await kept(quarantineId), await stateOf(asked)]).toEqual(['read', 'answered']);
    await batch.until(finished); // the same file is still in the box, and brings nothing new
    expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
  }, 60_000);

  it('stays there when it still cannot be read', async () => {
    const quarantineId = await keep('CXFKC9999900000000000202603010000000000000000000001.zip', Buffer.from('no zip'));
    await replay(quarantineId);
    expect(await kept(quarantineId)).toBe('waiting');
    expect((await place.store.quarantine.get(quarantineId))?.attempts).toBe(1);
  });
});

describe('a courier that dies', () => {
  it.each(['assigned', 'put'] as const)(
    'after a package was %s sends the same one, and no second',
    async (last) => {
      const asked = await waiting(1);
      await batch.withRound(async (round) => {
        await assignPackages(batch.parts, round);
        const [assigned] = await place.store.packages.unsent(channelId, 10);
        if (last === 'put') await putPackage(batch.parts, round, { agency: round.agencies[0]!, assigned: assigned! });
      });
      await batch.withRound((round) => sendPackages(batch.parts, round));
      await batch.until(async () => (await stateOf(asked)) === 'answered');
      await batch.round();
      expect([await count('sent_packages'), await count('package_tasks')]).toEqual([1, 1]);
      expect(Object.values(batch.exchanges())).toEqual([1]);
      expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    },
    60_000,
  );

  it('after answers were journalled takes the file again with the same result', async () => {
    const asked = await waiting(1);
    const { packages } = place.store;
    const finish = packages.finish;
    const died = new Error('killed');
    (packages as { finish: unknown }).finish = () => Promise.reject(died);
    await expect(batch.until(async () => false)).rejects.toBe(died);
    (packages as { finish: unknown }).finish = finish;
    expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    expect(await finished()).toBe(false);
    await batch.until(finished);
    expect(await answersOf(asked)).toEqual([expect.stringMatching(truth)]);
    expect([await count('arrived_packages'), await count('quarantine')]).toEqual([1, 0]);
  }, 60_000);
});
