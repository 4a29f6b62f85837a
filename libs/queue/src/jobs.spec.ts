import { describe, expect, it } from '@jest/globals';
import {
  emptyJobSchema,
  inquiryJobSchema,
  jobIds,
  jobOptions,
  queueNames,
  retryDelayMs,
  shardJobSchema,
} from './jobs.ts';

const shard = { inquiryId: 'inq_1', channelId: 'bank-national', shardNo: 3, generation: 1 };

describe('the data of a job', () => {
  it('holds ids and numbers, and nothing else gets in', () => {
    expect(shardJobSchema.parse(shard)).toEqual(shard);
    expect(inquiryJobSchema.parse({ inquiryId: 'inq_1' })).toEqual({ inquiryId: 'inq_1' });
    expect(shardJobSchema.safeParse({ ...shard, name: '张三' }).success).toBe(false);
    expect(inquiryJobSchema.safeParse({ inquiryId: 'inq_1', debtor: '张三' }).success).toBe(false);
    expect(emptyJobSchema.safeParse({ anything: 1 }).success).toBe(false);
  });

  it.each([
    { ...shard, inquiryId: '110100199003074112' },
    { ...shard, channelId: '示例银行' },
    { ...shard, shardNo: 0.5 },
    { ...shard, generation: -1 },
  ])('is refused: %j', (data) => {
    expect(shardJobSchema.safeParse(data).success).toBe(false);
  });
});

describe('the id of a job', () => {
  it('differs for what differs, and has none of the characters that are not allowed', () => {
    const ids = [
      jobIds.shard(shard),
      jobIds.shard({ ...shard, shardNo: 4 }),
      jobIds.shard({ ...shard, generation: 2 }),
      jobIds.merge('inq_1', 1),
      jobIds.merge('inq_1', 2),
      jobIds.lateMerge('inq_1'),
      jobIds.close('inq_1'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    const names = [...ids, queueNames.ask('bank-national'), queueNames.merge, queueNames.close, queueNames.reconcile];
    expect(names.filter((name) => name.includes(':'))).toEqual([]);
  });
});

describe('a job that failed', () => {
  it('is tried again later and later, and what is kept of the past is bounded', () => {
    expect(jobOptions.attempts).toBeGreaterThan(1);
    expect(jobOptions.backoff.type).toBe('bounded');
    expect([jobOptions.removeOnComplete.count, jobOptions.removeOnFail.count].every(Number.isFinite)).toBe(true);
  });
});

describe('the delay of a retry', () => {
  it('doubles, never rests longer than two seconds, and is not the same for all', () => {
    for (const [attempts, longest] of [
      [1, 200],
      [2, 400],
      [4, 1_600],
      [5, 2_000],
      [40, 2_000],
      [4_000, 2_000],
    ] as const) {
      const delays = Array.from({ length: 50 }, () => retryDelayMs(attempts));
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(longest / 2);
      expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
      expect(new Set(delays).size).toBeGreaterThan(1);
    }
  });
});
