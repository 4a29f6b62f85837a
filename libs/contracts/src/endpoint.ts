import type { ChannelConfig } from './channel.ts';
import { isAddress, isInNetworks, mayBeCalled } from './network.ts';

/** What is wrong with an address that a channel would call: where in its file, and what is expected there. Never a value. */
export interface EndpointProblem {
  readonly path: string;
  readonly expected: string;
  readonly fix: string;
}

const loopback = ['127.0.0.0/8', '::1/128'];

/**
 * Whatever can be known of a channel's addresses before anything is called. Names are looked up only when a connection is
 * made, and looked at again there (libs/adapter-kit/src/network-guard.ts).
 *
 * @param plainLoopback whether http to this computer itself is fine: nowhere in production
 */
export function endpointProblems(config: ChannelConfig, plainLoopback: boolean): readonly EndpointProblem[] {
  const hosts = hostsIn(config.settings, 'settings');
  return [
    ...(config.baseUrl === null ? [] : urlProblems(config.baseUrl, config, plainLoopback)),
    ...hosts.flatMap(({ path, host }) => hostProblems(path, host, config.allowedNetworks)),
    ...(config.tls !== null && !/^https:/i.test(config.baseUrl ?? '')
      ? [problem('tls', 'left out: baseUrl is not https', 'write https in baseUrl, or remove tls')]
      : []),
  ];
}

const problem = (path: string, expected: string, fix: string): EndpointProblem => ({ path, expected, fix });

function urlProblems(baseUrl: string, config: ChannelConfig, plainLoopback: boolean): EndpointProblem[] {
  const path = 'baseUrl';
  const placeholder = /^[a-z][a-z0-9+.-]*:\/\/[^/]*[{}]/i.test(baseUrl);
  if (placeholder) return [problem(path, 'a host without {code}', 'write {code} behind the first / only')];
  const { protocol, hostname, username, password, search, hash } = new URL(baseUrl.replaceAll('{code}', 'code'));
  const isPlain = protocol === 'http:';
  const isPlainFine = config.simulated || (plainLoopback && isInNetworks(hostname, loopback));
  return [
    ...(isPlain || protocol === 'https:' ? [] : [problem(path, 'https://…', 'write the address with https')]),
    ...(isPlain && !isPlainFine
      ? [problem(path, 'https://…', 'write the address with https; http is for simulators only')]
      : []),
    ...(username === '' && password === ''
      ? []
      : [problem(path, 'an address without a user or password', 'put the credentials into secrets')]),
    ...(search === '' && hash === '' ? [] : [problem(path, 'an address without ? and #', 'remove what follows')]),
    ...hostProblems(path, hostname, config.allowedNetworks),
  ];
}

function hostProblems(path: string, host: string, allowedNetworks: readonly string[]): EndpointProblem[] {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  if (!isAddress(literal) || mayBeCalled(literal, allowedNetworks)) return [];
  const expected = 'a public address, or one in allowedNetworks';
  return [problem(path, expected, 'list its network in allowedNetworks of this channel if that is meant')];
}

interface Host {
  readonly path: string;
  readonly host: string;
}

/** Every `host` in the settings of an adapter, however deep. */
function hostsIn(settings: unknown, path: string): Host[] {
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([key, value]) =>
    key === 'host' && typeof value === 'string'
      ? [{ path: `${path}.${key}`, host: value }]
      : hostsIn(value, `${path}.${key}`),
  );
}
