import { describe, expect, it } from '@jest/globals';
import type { Pause, Store } from '#store';
import { openPauses } from './pauses.ts';

const pause = (channelId: string, agencyId: string | null): Pause => ({
  ...{ channelId, agencyId, reason: 'maintenance', at: '2026-03-01T10:00:00+08:00' },
});

function storeWith(first: readonly Pause[]) {
  const held = { pauses: first };
  const controls = { pauses: () => Promise.resolve(held.pauses) } as Store['controls'];
  return { held, store: { controls } };
}

describe('the pauses', () => {
  it('stand for a whole channel or for one agency', async () => {
    const { store } = storeWith([pause('vehicle-national', null), pause('bank-national', 'bank.a')]);
    const { isPaused } = await openPauses(store);
    expect(isPaused('vehicle-national', 'vehicle.x')).toBe(true);
    expect(isPaused('bank-national', 'bank.a')).toBe(true);
    expect(isPaused('bank-national', 'bank.b')).toBe(false);
  });

  it('change only when they are read again', async () => {
    const { held, store } = storeWith([]);
    const pauses = await openPauses(store);
    held.pauses = [pause('bank-national', null)];
    expect(pauses.isPaused('bank-national', 'bank.a')).toBe(false);
    await pauses.refresh();
    expect(pauses.isPaused('bank-national', 'bank.a')).toBe(true);
    held.pauses = [];
    await pauses.refresh();
    expect(pauses.isPaused('bank-national', 'bank.a')).toBe(false);
  });

  it('stay as they were when they cannot be read', async () => {
    let away = false;
    const pauses = await openPauses({
      controls: {
        pauses: () => (away ? Promise.reject(new Error('database is away')) : Promise.resolve([pause('bank', null)])),
      } as Store['controls'],
    });
    away = true;
    await expect(pauses.refresh()).rejects.toThrow('away');
    expect(pauses.isPaused('bank', 'bank.a')).toBe(true);
  });
});
