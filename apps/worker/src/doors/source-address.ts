import { isInNetworks } from '#contracts';

interface Came {
  readonly peer: string; // the other end of the connection
  readonly forwarded: string | undefined; // X-Forwarded-For, nearest last
}

/**
 * Where a call comes from. What proxies wrote counts as far back as every one of them is trusted; what stands before the
 * first stranger was written by that stranger, and means nothing.
 */
export function sourceAddress({ peer, forwarded }: Came, trusted: readonly string[]): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  let source = peer;
  for (const hop of hops.slice(-mostHops).toReversed()) {
    if (hop === '' || !isInNetworks(source, trusted)) break;
    source = hop;
  }
  return source.slice(0, mostCharacters);
}

const mostHops = 10;
const mostCharacters = 60;
