import { describe, expect, it } from '@jest/globals';
import type { Answer } from '#contracts';
import type { HistoryToAdd, JoinHistory, Joined } from '#store';
import { type DriftOptions, openDriftWatch } from './drift-watch.ts';

const heard = (verdict: 'found' | 'nothing', agencyId = 'bank.a') =>
  ({
    ...{ agencyId, channelId: 'bank-national', verdict, part: 'main', sections: [], dropped: {} },
    assets: verdict === 'found' ? [{ kind: 'deposit-account', accountNumber: '1', warnings: [] }] : [],
  }) as unknown as Answer;
const times = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer);

/** The rows of the store, and what operators were told. */
function given() {
  const kept = new Map<string, Joined>();
  const told: unknown[] = [];
  const place = { away: false, adds: 0 };
  const store = {
    agencyHistories: {
      async add(all: readonly HistoryToAdd[], join: JoinHistory) {
        if (place.away) throw new Error('away');
        place.adds += 1;
        for (const each of all) kept.set(each.agencyId, join(kept.get(each.agencyId)?.history ?? null, each));
      },
      suspected: () => Promise.resolve([...kept].flatMap(([agencyId, { suspected }]) => (suspected ? [agencyId] : []))),
      clear: () => Promise.resolve(false),
    },
    operationsEvents: {
      tell: (event: { kind: string; detail?: object }) => Promise.resolve(void told.push([event.kind, event.detail])),
    },
  };
  const log = { warn: () => {}, error: () => {} };
  return { kept, told, place, options: { store, log, allNothingAnswers: 20 } as unknown as DriftOptions };
}

describe('the drift watch', () => {
  it('suspects over all workers who stopped finding anything, tells it once, and until something is found', async () => {
    const { options, told } = given();
    const [one, other] = [await openDriftWatch(options), await openDriftWatch(options)];
    one.observe([...times(10, heard('found')), ...times(10, heard('nothing'))]);
    await one.flush();
    expect(one.isSuspected('bank.a')).toBe(false);
    other.observe(times(10, heard('nothing')));
    await other.flush();
    expect([other.isSuspected('bank.a'), one.isSuspected('bank.a')]).toEqual([true, false]);
    await one.refresh();
    expect(one.isSuspected('bank.a')).toBe(true);
    one.observe(times(5, heard('nothing')));
    await one.flush();
    expect(told).toEqual([['all-nothing-suspected', { inARow: 20, foundBefore: 10 }]]);
    one.observe([heard('found')]);
    await one.flush();
    expect(one.isSuspected('bank.a')).toBe(false);
  });

  it('writes nothing for an answer, and one row for an agency', async () => {
    const { options, place, kept } = given();
    const watch = await openDriftWatch(options);
    watch.observe([...times(50, heard('found')), ...times(50, heard('nothing', 'bank.b'))]);
    expect(place.adds).toBe(0);
    await watch.flush();
    await watch.flush();
    expect([place.adds, kept.get('bank.a')?.history.answers, kept.get('bank.b')?.history.answers]).toEqual([1, 50, 50]);
  });

  it('counts on when the store is away, and loses nothing', async () => {
    const { options, place, kept } = given();
    const watch = await openDriftWatch(options);
    watch.observe([...times(3, heard('found')), ...times(2, heard('found', 'bank.b'))]);
    place.away = true;
    await expect(watch.flush()).rejects.toThrow('away');
    watch.observe(times(4, heard('nothing')));
    place.away = false;
    await watch.flush();
    expect(kept.get('bank.a')?.history).toMatchObject({ answers: 7, found: { seen: 3, missing: 4 } });
    expect(kept.get('bank.b')?.history.answers).toBe(2);
  });
});
