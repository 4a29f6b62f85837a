import { describe, expect, it } from '@jest/globals';
import { openAdapterBoard } from './adapter-board.ts';

function boardOf(freshMs: number) {
  let nowMs = 0;
  let reads = 0;
  let failing = false;
  const manifests = async () => {
    reads += 1;
    if (failing) throw new Error('away');
    return new Map();
  };
  const adapters = {
    manifests,
    workers: async () => [],
    breakers: async () => [],
    announce: async () => {},
    goodbye: async () => {},
    heartbeat: async () => true,
  };
  const breakers = {
    states: async () => [],
    transitions: async () => [],
    reset: async () => {},
    share: () => {
      throw new Error('a gateway shares no breakers');
    },
  };
  const board = openAdapterBoard({
    store: { adapters, breakers },
    now: () => new Date(nowMs),
    freshMs,
    aliveMs: 20_000,
  });
  return { board, reads: () => reads, pass: (ms: number) => (nowMs += ms), fail: (is: boolean) => (failing = is) };
}

describe('the board of adapters', () => {
  it('reads once for all who ask within the time, and anew when it is told', async () => {
    const { board, reads, pass } = boardOf(1_000);
    await Promise.all([board.manifests(), board.manifests()]);
    expect(reads()).toBe(1);
    board.forget();
    await board.manifests();
    pass(1_000);
    await board.manifests();
    expect(reads()).toBe(3);
  });

  it('remembers no failure', async () => {
    const { board, reads, fail } = boardOf(1_000);
    fail(true);
    await expect(board.manifests()).rejects.toThrow('away');
    fail(false);
    await board.manifests();
    expect(reads()).toBe(2);
  });
});
