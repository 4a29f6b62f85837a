import { describe, expect, it } from '@jest/globals';
import { openStrangerQuota } from './stranger-quota.ts';

function quotaOf(messagesPerMinute: number, bytesPerMinute: number) {
  let ms = 0;
  const quota = openStrangerQuota({ messagesPerMinute, bytesPerMinute, monotonicMs: () => ms });
  return { quota, pass: (by: number) => void (ms += by) };
}

describe('what is kept of strangers', () => {
  it('is so many messages a minute, and the first that is too many is told apart', () => {
    const { quota, pass } = quotaOf(2, 1_000);
    const take = () => quota.take('bank-national', 1);
    expect([take(), take(), take(), take()]).toEqual(['kept', 'kept', 'first-refused', 'refused']);
    pass(59_999);
    expect(take()).toBe('refused');
    pass(1);
    expect(take()).toBe('kept');
  });

  it('is so many bytes a minute, and what fits is still kept', () => {
    const { quota } = quotaOf(10, 100);
    expect(quota.take('bank-national', 101)).toBe('first-refused');
    expect(quota.take('bank-national', 60)).toBe('kept');
    expect(quota.take('bank-national', 41)).toBe('refused');
    expect(quota.take('bank-national', 40)).toBe('kept');
  });

  it('is counted for each channel alone', () => {
    const { quota } = quotaOf(1, 100);
    expect(quota.take('bank-national', 1)).toBe('kept');
    expect(quota.take('bank-provincial', 1)).toBe('kept');
    expect(quota.take('bank-national', 1)).toBe('first-refused');
  });
});
