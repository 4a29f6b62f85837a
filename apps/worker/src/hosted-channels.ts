import { type Access, type BreakerRegister, openChannel, type ChannelParts, type KeepReply } from '#adapter-kit';
import { adapters } from '#adapters';
import type { Adapter, Agency, ChannelConfig, WorkingClock } from '#contracts';
import { tlsProblems } from './channel-certificates.ts';
import type { HostedChannel } from './worker-parts.ts';

/** One channel that cannot be opened: which, where in its settings, what is expected. Never a value. */
export interface ChannelProblem {
  readonly channelId: string;
  readonly path: string;
  readonly expected: string;
}

/** What is another one for every channel. */
type PerChannel =
  | 'access'
  | 'config'
  | 'agencies'
  | 'isPaused'
  | 'clock'
  | 'keepReply'
  | 'register'
  | 'onBreakerClosed';

export interface OpenChannelsOptions {
  readonly configs: readonly ChannelConfig[];
  readonly agencies: readonly Agency[];
  readonly production: boolean;
  /** Everything a channel needs besides its own configuration and agencies. */
  readonly parts: Omit<ChannelParts, PerChannel>;
  /** By channel id, for channels with service hours. */
  readonly clocks: ReadonlyMap<string, WorkingClock>;
  readonly keepReply: (channelId: string, kept: Parameters<KeepReply>[0]) => Promise<void>;
  /** What the breakers of a channel share with its other replicas. */
  readonly registerOf?: (channelId: string) => BreakerRegister;
  /** An agency is back; of several workers only the one that closed its breaker is told. */
  readonly onBreakerClosed?: (channelId: string, agencyId: string) => void;
  readonly accessOf: (config: ChannelConfig) => Access;
  readonly isPaused: (channelId: string, agencyId: string) => boolean;
  readonly secretProblem: (name: string) => string | null; // what is wrong with a reference, or null
  readonly secretOf: (name: string) => string | null;
}

/** Opens the channels this worker hosts, or names every problem of every channel at once and opens none. */
export function openChannels(
  options: OpenChannelsOptions,
): { channels: ReadonlyMap<string, HostedChannel> } | { problems: readonly ChannelProblem[] } {
  const { configs, agencies, parts, isPaused, accessOf, clocks, keepReply, registerOf, onBreakerClosed } = options;
  const problems = configs.flatMap((config) => problemsOf(config, options));
  if (problems.length > 0) return { problems };
  const byChannel = Map.groupBy(agencies, ({ channelId }) => channelId ?? '');
  const channels = new Map<string, HostedChannel>();
  for (const config of configs) {
    const own = new Map((byChannel.get(config.channelId) ?? []).map((agency) => [agency.agencyId, agency]));
    const adapter = adapterOf(config);
    if (adapter)
      channels.set(config.channelId, {
        config,
        channel: openChannel(adapter, {
          ...parts,
          config,
          agencies: own,
          access: accessOf(config),
          isPaused: (agencyId) => isPaused(config.channelId, agencyId),
          clock: clocks.get(config.channelId) ?? null,
          keepReply: (kept) => keepReply(config.channelId, kept),
          ...(registerOf && { register: registerOf(config.channelId) }),
          ...(onBreakerClosed && { onBreakerClosed: (agencyId) => onBreakerClosed(config.channelId, agencyId) }),
        }),
      });
  }
  return { channels };
}

const adapterOf = ({ adapter }: ChannelConfig): Adapter | undefined =>
  adapters.find(({ manifest }) => manifest.id === adapter);

function problemsOf(
  config: ChannelConfig,
  { production, secretProblem, secretOf }: OpenChannelsOptions,
): ChannelProblem[] {
  const { channelId, mode } = config;
  const problem = (path: string, expected: string): ChannelProblem => ({ channelId, path, expected });
  const adapter = adapterOf(config);
  if (!adapter) return [problem('adapter', `one of: ${adapters.map(({ manifest }) => manifest.id).join(', ')}`)];
  const read = adapter.settings.safeParse(config.settings);
  return [
    ...(production && config.simulated
      ? [problem('simulated', 'false: the production profile loads no simulator')]
      : []),
    ...(adapter.manifest.modes.includes(mode) ? [] : [problem('mode', `one of: ${adapter.manifest.modes.join(', ')}`)]),
    ...((mode === 'call' || mode === 'ticket') && config.baseUrl === null
      ? [problem('baseUrl', 'the address of the endpoint')]
      : []),
    ...(read.error?.issues.map((issue) => problem(['settings', ...issue.path].join('.'), issue.message)) ?? []),
    ...(['settings', 'tls'] as const).flatMap((place) =>
      secretNames(config[place]).flatMap((name) => {
        const expected = secretProblem(name);
        return expected === null ? [] : [problem(place, expected)];
      }),
    ),
    ...tlsProblems(config, secretOf).map((expected) => problem('tls', expected)),
  ];
}

/** Every `{ secret: name }` in the settings, however deep. */
export function secretNames(settings: unknown): string[] {
  if (Array.isArray(settings)) return settings.flatMap(secretNames);
  if (typeof settings !== 'object' || settings === null) return [];
  const entries = Object.entries(settings);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'secret' && typeof only[1] === 'string') return [only[1]];
  return entries.flatMap(([, value]) => secretNames(value));
}
