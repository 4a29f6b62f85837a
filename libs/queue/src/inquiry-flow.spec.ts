import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flowOf, type InquiryFlow } from './inquiry-flow.ts';

const inquiryId = 'inq_01jxyz';
const shards = [
  { channelId: 'bank-national', shardNo: 0 },
  { channelId: 'bank-national', shardNo: 1 },
  { channelId: 'registry-city', shardNo: 0 },
];

describe('the flow of an inquiry', () => {
  it('is one merge that waits for one ask per shard, each in the queue of its channel', () => {
    const flow = flowOf({ inquiryId, generation: 0, shards });
    expect([flow.name, flow.queueName]).toEqual(['merge', 'merge']);
    expect(flow.children?.map(({ name, queueName }) => `${name} in ${queueName}`)).toEqual([
      'ask in ask.bank-national',
      'ask in ask.bank-national',
      'ask in ask.registry-city',
    ]);
  });

  it('has ids that follow from the inquiry, so that adding it twice is harmless', () => {
    const ids = (flow: InquiryFlow) => {
      const { opts, children = [] } = flowOf(flow);
      return [opts, ...children.map((child) => child.opts)].map((each) => each?.jobId);
    };
    expect(ids({ inquiryId, generation: 2, shards })).toEqual([
      `merge.${inquiryId}.2`,
      `${inquiryId}.bank-national.0.2`,
      `${inquiryId}.bank-national.1.2`,
      `${inquiryId}.registry-city.0.2`,
    ]);
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (one, other) => {
        const [a, b] = [one, other].map((generation) => ids({ inquiryId, generation, shards }));
        expect(a!.filter((id) => b!.includes(id))).toHaveLength(one === other ? 4 : 0);
      }),
    );
  });

  it('carries ids and small numbers only, whatever it is given', () => {
    const given = {
      inquiryId,
      generation: 0,
      debtor: '张三',
      shards: shards.map((each) => ({ ...each, name: '张三' })),
    };
    const { data, children = [] } = flowOf(given);
    expect(data).toEqual({ inquiryId });
    expect(children.map((child) => child.data)).toEqual(
      shards.map((shard) => ({ inquiryId, generation: 0, ...shard })),
    );
  });

  it('refuses what is no id', () => {
    expect(() => flowOf({ inquiryId: '张三', generation: 0, shards })).toThrow();
    expect(() => flowOf({ inquiryId, generation: 0, shards: [{ channelId: 'Bank 1', shardNo: 0 }] })).toThrow();
    expect(() => flowOf({ inquiryId, generation: 0, shards: [{ channelId: 'bank', shardNo: -1 }] })).toThrow();
  });

  it('merges also when a shard has failed for good', () => {
    const { children = [] } = flowOf({ inquiryId, generation: 0, shards });
    expect(children.map(({ opts }) => opts?.ignoreDependencyOnFailure)).toEqual([true, true, true]);
  });
});
