import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDueQueue } from './due-queue.ts';

describe('a queue of things due', () => {
  it('gives out everything once, earliest first, and nothing before its time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.nat(100), (times, nowMs) => {
        const queue = openDueQueue<number>();
        for (const atMs of times) queue.put(atMs, atMs);
        const due = queue.takeDue(nowMs, times.length);
        expect(due).toEqual(times.filter((atMs) => atMs <= nowMs).toSorted((a, b) => a - b));
        expect(queue.takeDue(100, times.length).length + due.length).toBe(times.length);
        expect(queue.size).toBe(0);
      }),
    );
  });

  it('gives out no more than asked for', () => {
    const queue = openDueQueue<string>();
    for (const thing of ['a', 'b', 'c']) queue.put(1, thing);
    expect(queue.takeDue(1, 2)).toHaveLength(2);
    expect(queue.size).toBe(1);
  });
});
