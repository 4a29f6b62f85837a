import { expect, it } from '@jest/globals';
import { channelTally, inTrouble } from './channel-tally.ts';
import { channel } from './stories.tsx';

it('counts channels by state and agencies by breaker', () => {
  const held = { ...channel, state: 'paused' as const, breakers: { closed: 1, halfOpen: 2, open: 3 } };
  expect(channelTally([channel, held])).toMatchObject({
    ...{ channels: 2, normal: 1, paused: 1, unhosted: 0, disabled: 0 },
    closed: channel.breakers.closed + 1,
    halfOpen: channel.breakers.halfOpen + 2,
    open: channel.breakers.open + 3,
  });
});

it('puts what needs a look first: nobody works on it, held, failing, and what is switched off last', () => {
  const quiet = { ...channel, breakers: { closed: 9, halfOpen: 0, open: 0 } };
  const order = [
    { ...quiet, channelId: 'off', state: 'disabled' as const },
    { ...quiet, channelId: 'well' },
    { ...quiet, channelId: 'failing', breakers: { closed: 1, halfOpen: 0, open: 8 } },
    { ...quiet, channelId: 'held', state: 'paused' as const },
    { ...quiet, channelId: 'nobody', state: 'unhosted' as const },
  ].toSorted((one, other) => inTrouble(other) - inTrouble(one));
  expect(order.map(({ channelId }) => channelId)).toEqual(['nobody', 'held', 'failing', 'well', 'off']);
});
