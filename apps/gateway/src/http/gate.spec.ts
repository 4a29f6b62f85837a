import { describe, expect, it } from '@jest/globals';
import { openGate } from './gate.ts';

describe('a gate', () => {
  it('lets only so many work at once, in the order they came, also when some fail', async () => {
    const gate = openGate(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const works = Array.from({ length: 9 }, (_, index) =>
      gate(async () => {
        order.push(index);
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        if (index === 3) throw new Error('fails');
        return index;
      }),
    );
    const done = await Promise.allSettled(works);
    expect([most, order, done.filter(({ status }) => status === 'rejected').length]).toEqual([
      2,
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
      1,
    ]);
  });
});
