import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inquiryViewSchema } from '#contracts';
import { type GatewayPlace, prepare, startGatewayPlace } from '../integration/gateway-place.ts';

let place: GatewayPlace;
beforeAll(async () => {
  place = await startGatewayPlace();
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

const served = (): readonly string[] =>
  place.logged
    .map((line) => JSON.parse(line))
    .filter(({ event, msg }) => [event, msg].includes('request.served'))
    .map(({ method, route, status }) => `${method} ${route} ${status}`);

describe('an ordinary inquiry about a complete case', () => {
  it('takes one request: no approval, no second step, and the agencies are due to be asked', async () => {
    const { body } = await prepare(place);
    const before = served().length;
    const reply = await place.call('POST', 'inquiries', { body });
    const inquiry = inquiryViewSchema.parse(reply.json());
    expect(served().slice(before)).toEqual(['POST /api/v1/inquiries 202']);
    expect(body).not.toHaveProperty('approverId');
    expect(inquiry.counts).toMatchObject({ asked: 3, noAnswer: 3 });
    expect([inquiry.pausedAt, inquiry.cancelledAt]).toEqual([null, null]);
    const stored = await place.store.inquiries.get(inquiry.inquiryId, 'inside');
    expect(stored?.inquiry.approver).toBeNull();
    const work = await place.store.shards.begin({
      ...{ inquiryId: inquiry.inquiryId, shardNo: 0, workerId: 'worker-of-the-test' },
      channelId: stored?.plan.find(({ shardNo }) => shardNo === 0)?.channelId ?? '',
    });
    expect(work).not.toBeNull();
  });
});
