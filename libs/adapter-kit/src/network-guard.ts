import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isAddress, mayBeCalled, NoAnswer } from '#contracts';

/** Asks for the addresses of a name, as `dns.lookup` with `all` does. */
type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Code of the error of a connection that was not made, and reason code of the answer. */
export const addressDenied = 'address-denied';

/**
 * Looks a name up for a connection, and gives only addresses that the channel may call: what is checked is what is
 * connected to, so that a name whose answer changes between check and use leads nowhere (DNS rebinding).
 */
export function guardedLookup(allowedNetworks: readonly string[], resolve: Resolve = lookUp): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 4);
      const allowed = found.filter(({ address }) => mayBeCalled(address, allowedNetworks));
      const [first] = allowed;
      if (first === undefined) return done(deniedError(), '', 4);
      return options.all === true ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}

/**
 * Node looks no address up that is written as one, so those are looked at here, before every connection.
 *
 * @param host as it stands in an address, IPv6 with or without its brackets
 * @throws NoAnswer unavailable / address-denied
 */
export function checkHost(host: string, allowedNetworks: readonly string[]): void {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  if (isAddress(literal) && !mayBeCalled(literal, allowedNetworks)) throw deniedAnswer();
}

export const deniedAnswer = (): NoAnswer =>
  new NoAnswer('unavailable', 'the endpoint lies in a network that the channel may not call', {
    reasonCode: addressDenied,
  });

const deniedError = (): NodeJS.ErrnoException =>
  Object.assign(new Error('no address of this name may be called'), { code: addressDenied });
