import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { agencyFiguresSchema, incidentListSchema } from '#contracts';
import { noAnswerSaid } from '#contracts';
import { type GatewayPlace, hear, nothing, prepare, startGatewayPlace, tokens } from './gateway-place.ts';

let place: GatewayPlace;
beforeAll(async () => (place = await startGatewayPlace()), 120_000);
afterAll(() => place?.stop());

it('tells what fails, counts what waits, and asks only that again', async () => {
  const send = place.call;
  const sun = { token: tokens.sun };
  const { body } = await prepare(place, { agencies: ['vehicle.jing', 'registry.jing'] });
  const { inquiryId } = (await send('POST', 'inquiries', { body })).json();
  const from = new Date(Date.now() - 60_000).toISOString();
  const register = place.store.breakers.share({ workerId: 'worker-of-the-test' }).ofChannel('vehicle-national');
  const cause = { code: 'failures' as const, failures: [{ reason: 'timed-out' as const, reasonCode: null, count: 5 }] };
  await register.changed({ agencyId: 'vehicle.jing', to: 'open', resetInMs: 600_000, cause });
  await hear(place.store, inquiryId, { 'vehicle.jing': noAnswerSaid('breaker-open'), 'registry.jing': nothing });
  const list = incidentListSchema.parse((await send('GET', 'incidents', sun)).json());
  expect(list.items).toMatchObject([
    { agencyId: 'vehicle.jing', state: 'open', reason: 'timed-out', waiting: { inquiries: 1, courts: 1 } },
  ]);
  const until = new Date(Date.now() + 60_000).toISOString();
  const window = { agencyId: 'vehicle.jing', from, until, reason: '线路恢复' };
  const run = async (more: object) =>
    (await send('POST', 'incidents/requeries', { ...sun, body: { ...window, ...more } })).json();
  expect(await run({ dryRun: true })).toMatchObject({ inquiries: 1, courts: 1, asked: 0 });
  expect(await run({ dryRun: true, agencyId: 'registry.jing' })).toMatchObject({ inquiries: 0 }); // it answered
  expect(await run({ dryRun: false })).toMatchObject({ inquiries: 1, asked: 1 });
  expect(await run({ dryRun: true })).toMatchObject({ inquiries: 0 });
  const figures = agencyFiguresSchema.parse((await send('GET', 'agencies/vehicle.jing/figures', sun)).json());
  expect(figures).toMatchObject({ entries: { found: 0, nothing: 0, noAnswer: 1 }, waitMs: null, lastAnswerAt: null });
});
