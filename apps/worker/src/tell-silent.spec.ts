import { describe, expect, it } from '@jest/globals';
import { tellSilent } from './tell-silent.ts';
import type { WorkerParts } from './worker-parts.ts';

const minuteMs = 60_000;

function given(modes: readonly string[]) {
  const asked: unknown[] = [];
  const told: string[] = [];
  const time = { minutes: 600 };
  const channels = modes.map((mode) => [mode, { config: { channelId: mode, mode, pollSilenceMinutes: 60 } }] as const);
  const parts = {
    channels: new Map(channels),
    clock: { now: () => new Date(time.minutes * minuteMs) },
    log: { warn: () => {} },
    store: {
      mailbox: {
        silent: async ({ channelId, since }: { channelId: string; since: Date }) => {
          asked.push([channelId, since.getTime() / minuteMs]);
          return [{ agencyId: 'bank.a', tasks: 2, lastPolledAt: null }];
        },
      },
      operationsEvents: { tell: async ({ agencyId }: { agencyId: string }) => void told.push(agencyId) },
    },
  } as unknown as WorkerParts;
  const known = new Map<string, number>();
  return { asked, told, time, look: (signal = new AbortController().signal) => tellSilent(parts, known, signal) };
}

describe('silent agencies', () => {
  it('are told once in every span of silence that the channel allows', async () => {
    const { asked, told, time, look } = given(['mailbox']);
    await look();
    time.minutes += 59;
    await look();
    expect([told, asked]).toEqual([
      ['bank.a'],
      [
        ['mailbox', 540],
        ['mailbox', 599],
      ],
    ]);
    time.minutes += 1;
    await look();
    expect(told).toEqual(['bank.a', 'bank.a']);
  });

  it('are only those that come on their own', async () => {
    const { asked, look } = given(['call', 'ticket', 'manual', 'batch']);
    await look();
    expect(asked).toEqual([['batch', 540]]);
  });

  it('are not looked for any more by a worker that stops', async () => {
    const { asked, look } = given(['mailbox']);
    await expect(look(AbortSignal.abort())).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
