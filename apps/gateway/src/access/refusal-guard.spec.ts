import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '#store';
import { openRefusalGuard, refusalPolicy } from './refusal-guard.ts';

const from = { way: 'token', address: '203.0.113.9' } as const;
const policy = refusalPolicy({ quota: 1, windowSeconds: 60 }, 900);

const openWith = () => {
  let now = new Date('2026-11-22T00:00:00Z');
  const counted: Refusal[] = [];
  const added: Refusal[] = [];
  const guard = openRefusalGuard({
    policy,
    now: () => now,
    refusals: {
      count: async (refusal) => (counted.push(refusal) > 1 ? new Date(now.getTime() + 30_000) : null),
      add: async (refusals) => void added.push(...refusals),
      lockedUntil: async () => null,
      tell: async () => 0,
      sweep: async () => 0,
    },
  });
  return { guard, counted, added, pass: (ms: number) => (now = new Date(now.getTime() + ms)) };
};

describe('the guard against failures', () => {
  it('asks the database nothing while an address waits, and puts down every one of its failures', async () => {
    const { guard, counted, added, pass } = openWith();
    for (let each = 0; each < 100; each += 1) await guard.failed(from, 'unknown-token');
    expect(counted).toHaveLength(2);
    await guard.settle();
    await guard.settle();
    expect(added.map(({ causes }) => causes)).toEqual([{ 'unknown-token': 98 }]);
    pass(30_001);
    await guard.failed(from, 'unknown-token');
    expect(counted).toHaveLength(3);
  });

  it('loses nothing of a wait that is over before anybody has settled it', async () => {
    const { guard, added, pass } = openWith();
    for (let each = 0; each < 5; each += 1) await guard.failed(from, 'unknown-token');
    pass(30_001);
    await guard.failed(from, 'expired-token');
    expect(added.map(({ causes }) => causes)).toEqual([{ 'unknown-token': 3 }]);
  });
});
