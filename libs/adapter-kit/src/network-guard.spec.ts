import { createServer } from 'node:http';
import type { LookupAddress } from 'node:dns';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { agencyOf } from '#conformance';
import { openHttp } from './http-port.ts';
import { addressDenied, guardedLookup } from './network-guard.ts';
import { openSftp } from './sftp-port.ts';
import { NoAnswer } from '#contracts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });
/** A name that says something else each time it is asked. */
const namesSaying = (...answers: readonly (readonly string[])[]): NonNullable<Parameters<typeof guardedLookup>[1]> => {
  let asked = 0;
  return (_, __, done) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    done(null, answer.map(address));
  };
};
const look = (lookup: ReturnType<typeof guardedLookup>, all: boolean) =>
  new Promise((resolve) => lookup('agency.example', { all }, (error, found) => resolve(error ? error.code : found)));
const never = new AbortController().signal;
const agency = agencyOf({ agencyId: 'bank.any', code: '1', category: 'bank' });

describe('the lookup of a connection', () => {
  it('gives what may be called, and nothing of the rest', async () => {
    const mixed = namesSaying(['10.0.0.1', '1.1.1.1', '::1', '2606:4700::1']);
    expect(await look(guardedLookup([], mixed), true)).toEqual([address('1.1.1.1'), address('2606:4700::1')]);
    expect(await look(guardedLookup([], mixed), false)).toBe('1.1.1.1');
    expect(await look(guardedLookup(['10.0.0.0/8'], mixed), false)).toBe('10.0.0.1');
    expect(await look(guardedLookup([], namesSaying(['169.254.169.254'])), true)).toBe(addressDenied);
    expect(await look(guardedLookup([], namesSaying([])), true)).toBe(addressDenied);
  });

  it('looks again at every connection, so that a name that turns inside leads nowhere', async () => {
    let calls = 0;
    const server = createServer(() => void (calls += 1)).listen(0, '127.0.0.1');
    toClose.push(() => server.close());
    await new Promise((ready) => server.once('listening', ready));
    const lookup = guardedLookup([], namesSaying(['1.1.1.1'], ['127.0.0.1']));
    expect(await look(lookup, false)).toBe('1.1.1.1'); // what a check beforehand would have seen
    const socket = connect({ host: 'agency.example', port: (server.address() as AddressInfo).port, lookup });
    const code = await new Promise((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.once('connect', () => resolve('connected'));
    });
    socket.destroy();
    expect([code, calls]).toEqual([addressDenied, 0]);
  });
});

const denied = expect.objectContaining({ reason: 'unavailable', reasonCode: addressDenied });

describe('an endpoint that may not be called', () => {
  it.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://2130706433'])(
    'hears nothing over HTTP: %s',
    async (host) => {
      let connections = 0;
      const server = createServer((_, reply) => void reply.end('{}')).listen(0);
      server.on('connection', () => (connections += 1));
      toClose.push(() => server.close());
      await new Promise((ready) => server.once('listening', ready));
      const baseUrl = `${host}:${(server.address() as AddressInfo).port}`;
      const http = openHttp({ baseUrl, maxReplyBytes: 100, connections: 1, simulatedHeader: 'x', allowedNetworks: [] });
      toClose.push(() => http.close());
      const told: string[] = [];
      const port = http.portFor(agency, {
        message: () => {},
        simulated: () => {},
        sending: () => void told.push('sent'),
      });
      await expect(port.send('/', { signal: never })).rejects.toEqual(denied);
      expect(connections).toBe(0);
    },
  );

  it('hears nothing over SFTP, by address and by name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '::1']) {
      const connectTo = openSftp({
        ...{ host, port: 1, username: 'court', login: { password: 'x' }, hostKeySha256: 'SHA256:x' },
        ...{ deadlineMs: 2_000, stableAfterMs: 0, maxFileBytes: 1, maxFiles: 1, now: () => new Date(0) },
        allowedNetworks: [],
      });
      const failure: unknown = await connectTo(never).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(NoAnswer);
      expect([host, failure]).toEqual([host, denied]);
    }
  });
});
