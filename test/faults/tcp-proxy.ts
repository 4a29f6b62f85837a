import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { ownPort } from '../own-port.ts';

/**
 * `hang`: bytes stay where they are and new connections stay silent, as behind a firewall that drops packets; nothing is
 * lost, for a network sends again what was not acknowledged. `refuse`: every connection is cut and no new one is let in.
 */
type Traffic = 'pass' | 'hang' | 'refuse';

/** A network between two processes that can be broken: docs/decisions/0009-network-faults-come-from-a-proxy-of-our-own.md. */
export interface TcpProxy {
  readonly port: number;
  set(traffic: Traffic): void;
  /** Cuts every connection once; new ones pass. */
  cut(): void;
  /** Where new connections go from now on: the first port that takes them. */
  lead(to: readonly number[]): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  far: Socket | null; // null: not connected yet
}

export async function openTcpProxy(targets: readonly number[]): Promise<TcpProxy> {
  const port = await ownPort();
  const pairs = new Set<Pair>();
  let traffic: Traffic = 'pass';
  let ports = targets;

  const end = (pair: Pair): void => {
    pairs.delete(pair);
    pair.near.resetAndDestroy();
    pair.far?.resetAndDestroy();
  };
  const flow = (pair: Pair): void => {
    if (pair.far === null) return join(pair, 0);
    pair.near.pipe(pair.far);
    pair.far.pipe(pair.near);
  };
  const stop = ({ near, far }: Pair): void => {
    for (const socket of [near, far]) socket?.unpipe().pause();
  };
  const join = (pair: Pair, place: number): void => {
    const to = ports[place];
    if (to === undefined) return end(pair);
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true });
    far.once('error', () => join(pair, place + 1));
    far.once('connect', () => {
      far.removeAllListeners('error');
      if (!pairs.has(pair)) return void far.destroy(); // the near end has left meanwhile
      far.on('error', () => end(pair)).once('close', () => end(pair));
      pair.far = far;
      if (traffic === 'pass') flow(pair);
    });
  };
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (near) => {
    const pair: Pair = { near, far: null };
    near.on('error', () => end(pair)).once('close', () => end(pair));
    if (traffic === 'refuse') return void near.resetAndDestroy();
    pairs.add(pair);
    if (traffic === 'pass') flow(pair);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => pairs.forEach(end);
  return {
    port,
    cut,
    set(next) {
      if (next === traffic) return;
      traffic = next;
      if (next === 'refuse') cut();
      else pairs.forEach(next === 'pass' ? flow : stop);
    },
    lead(to) {
      ports = to;
    },
    async stop() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
