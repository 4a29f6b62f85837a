import { describe, expect, it } from '@jest/globals';
import type { Answered } from '#adapter-kit';
import type { Appended, JournalEntry, Store } from '#store';
import { type JournalWriter, openJournalWriter, type ShardClaim, ShardLost } from './journal-writer.ts';

const claim = (changes: Partial<ShardClaim> = {}): ShardClaim => ({
  ...{ inquiryId: 'inq_1', channelId: 'bank-national', shardNo: 0, fence: 7 },
  ...changes,
});
const answered = (agencyId: string): Answered => ({ answer: { agencyId }, raw: [] }) as unknown as Answered;
const agenciesOf = (entries: readonly JournalEntry[]) =>
  entries.map(({ answers }) => answers.map(({ answer }) => answer.agencyId));

/** A journal whose flushes end when the spec says so. */
function slowJournal() {
  const flushes: { entries: readonly JournalEntry[]; end: (outcome?: readonly Appended[] | Error) => void }[] = [];
  const heard: (() => void)[] = [];
  const append = (entries: readonly JournalEntry[]) =>
    new Promise<readonly Appended[]>((resolve, reject) => {
      const kept = entries.map((_, index) => ({ accepted: true, seq: index + 1 }));
      const end = (outcome: readonly Appended[] | Error = kept) =>
        outcome instanceof Error ? reject(outcome) : resolve(outcome);
      flushes.push({ entries, end });
      for (const wake of heard.splice(0)) wake();
    });
  const flush = async (index: number) => {
    while (flushes.length <= index) await new Promise<void>((wake) => heard.push(wake));
    return flushes[index]!;
  };
  return { flushes, flush, store: { journal: { append } } as unknown as Pick<Store, 'journal'> };
}

const open = (store: Pick<Store, 'journal'>, changes = {}): JournalWriter =>
  openJournalWriter(store, { flushMs: 0, maxBatch: 256, onFlush: () => {}, onRefused: () => {}, ...changes });
/** Both sides handled at once, so that a rejection never goes unheard. */
const outcomeOf = (write: Promise<void>): Promise<unknown> =>
  write.then(
    () => 'stored',
    (error: unknown) => error,
  );

describe('the journal writer', () => {
  it('writes what comes together as one batch, one entry per shard', async () => {
    const { flush, flushes, store } = slowJournal();
    const journal = open(store);
    const writes = [
      journal.write(claim(), answered('bank.a')),
      journal.write(claim({ shardNo: 1 }), answered('bank.c')),
      journal.write(claim(), answered('bank.b')),
    ];
    const first = await flush(0);
    expect(agenciesOf(first.entries)).toEqual([['bank.a', 'bank.b'], ['bank.c']]);
    expect(first.entries[1]).toMatchObject(claim({ shardNo: 1 }));
    first.end();
    await Promise.all(writes);
    expect(flushes).toHaveLength(1);
  });

  it('lets the next batch grow while a flush is under way, and tells nobody before it is durable', async () => {
    const { flush, flushes, store } = slowJournal();
    const journal = open(store);
    const stored: string[] = [];
    const write = (agencyId: string) =>
      journal.write(claim(), answered(agencyId)).then(() => void stored.push(agencyId));
    const one = write('bank.a');
    const first = await flush(0);
    const others = [write('bank.b'), write('bank.c')];
    expect([flushes.length, stored]).toEqual([1, []]);
    first.end();
    await one;
    const second = await flush(1);
    expect([agenciesOf(second.entries), stored]).toEqual([[['bank.b', 'bank.c']], ['bank.a']]);
    second.end();
    await Promise.all(others);
    expect(stored).toEqual(['bank.a', 'bank.b', 'bank.c']);
  });

  it('keeps batches within their limit', async () => {
    const { flush, store } = slowJournal();
    const sizes: number[] = [];
    const journal = open(store, { maxBatch: 2, onFlush: ({ answers }: { answers: number }) => sizes.push(answers) });
    const writes = ['bank.a', 'bank.b', 'bank.c'].map((each) => journal.write(claim(), answered(each)));
    (await flush(0)).end();
    (await flush(1)).end();
    await Promise.all(writes);
    expect(sizes).toEqual([2, 1]);
  });

  it('says ShardLost to those whose fence is stale, and only to them', async () => {
    const { flush, store } = slowJournal();
    const journal = open(store);
    const [mine, lost] = [claim(), claim({ shardNo: 1, fence: 2 })].map((each) =>
      outcomeOf(journal.write(each, answered('bank.a'))),
    );
    (await flush(0)).end([
      { accepted: true, seq: 1 },
      { accepted: false, seq: null },
    ]);
    expect(await mine).toBe('stored');
    expect(await lost).toBeInstanceOf(ShardLost);
  });

  it('takes a missing outcome for a loss, never for success', async () => {
    const { flush, store } = slowJournal();
    const outcome = outcomeOf(open(store).write(claim(), answered('bank.a')));
    (await flush(0)).end([]);
    expect(await outcome).toBeInstanceOf(ShardLost);
  });

  it('fails the whole batch when it could not be written, and goes on with the next', async () => {
    const { flush, store } = slowJournal();
    const journal = open(store);
    const [a, b] = ['bank.a', 'bank.b'].map((each) => outcomeOf(journal.write(claim(), answered(each))));
    const away = new Error('database is away');
    const first = await flush(0);
    const later = outcomeOf(journal.write(claim(), answered('bank.c')));
    first.end(away);
    expect([await a, await b]).toEqual([away, away]);
    (await flush(1)).end();
    expect(await later).toBe('stored');
  });

  it('is drained when everything accepted so far is durable', async () => {
    const { flush, store } = slowJournal();
    const journal = open(store);
    await journal.drain();
    const stored: string[] = [];
    void journal.write(claim(), answered('bank.a')).then(() => stored.push('bank.a'));
    const drained = journal.drain();
    (await flush(0)).end();
    await drained;
    expect(stored).toEqual(['bank.a']);
  });
});
