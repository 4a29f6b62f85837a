import type { Channel } from '../../api/generated/types.gen.ts';

/** How many channels and agencies stand how. */
export interface ChannelTally {
  readonly channels: number;
  readonly normal: number;
  readonly paused: number;
  readonly unhosted: number;
  readonly disabled: number;
  readonly closed: number;
  readonly halfOpen: number;
  readonly open: number;
}

export function channelTally(channels: readonly Channel[]): ChannelTally {
  const inState = (wanted: Channel['state']) => channels.filter(({ state }) => state === wanted).length;
  const breakers = (state: keyof Channel['breakers']) => channels.reduce((sum, each) => sum + each.breakers[state], 0);
  return {
    channels: channels.length,
    ...{ normal: inState('normal'), paused: inState('paused') },
    ...{ unhosted: inState('unhosted'), disabled: inState('disabled') },
    ...{ closed: breakers('closed'), halfOpen: breakers('halfOpen'), open: breakers('open') },
  };
}

const weights: Readonly<Record<Channel['state'], number>> = {
  unhosted: 3_000_000,
  paused: 2_000_000,
  normal: 0,
  disabled: -1,
};

/** The more it needs a look, the higher: nobody works on it, it is held, its agencies fail. */
export const inTrouble = ({ state, breakers }: Pick<Channel, 'state' | 'breakers'>): number =>
  weights[state] + breakers.open * 100 + breakers.halfOpen;
