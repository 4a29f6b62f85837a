import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Agency, ChannelConfig } from '#contracts';
import { errorCode, type Log, type ResolvedSecret } from '#platform';
import { startBankPollers, type BankPollers } from './bank/bank-pollers.ts';
import { banksOf } from './bank/bank-channel.ts';
import { startFileBanks, type FileBanks } from './bank-files/file-banks.ts';
import { openCallLedger, type CallLedger } from './call-ledger.ts';
import { callPlaces } from './calls/call-places.ts';
import { serveCall } from './calls/call-server.ts';
import { serveControl } from './control-routes.ts';
import type { FaultRule } from './faults/fault.ts';
import { openFaultPlan, type FaultPlan } from './faults/fault-plan.ts';
import { readSecrets } from './read-secrets.ts';
import { SimulatorRefused } from './simulator-refused.ts';

export interface SimulatorOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host?: string;
  readonly seed: number;
  readonly agencies: readonly Agency[];
  /** Only those declared `simulated` are played. */
  readonly channels: readonly ChannelConfig[];
  /** Where the doors of mailbox channels are, such as http://127.0.0.1:7301. */
  readonly doorsUrl: string;
  /** The secret behind a reference, or what `createSecrets` of the platform gives. */
  readonly secret: (name: string) => string | Promise<ResolvedSecret>;
  /** How often each bank polls; 0: never. Stretched so that all banks together poll at most 400 times a second. */
  readonly pollEveryMs: number;
  /** 1 is the usual latency of agencies, 0 none at all. */
  readonly latencyScale?: number;
  /** Faults from the start, such as those of `seededFaults`. */
  readonly faults?: readonly FaultRule[];
  readonly log: Log;
  readonly signal: AbortSignal;
  /** True refuses to start: a simulated answer must never stand beside a real one. */
  readonly production: boolean;
  readonly now?: () => Date;
}

export interface Simulator {
  readonly url: string;
  stop(): Promise<void>;
}

type Parts = Omit<SimulatorOptions, 'secret' | 'faults'> & {
  readonly secret: (name: string) => string;
  readonly plan: FaultPlan;
  readonly ledger: CallLedger;
};

const markedAsSimulated = ['x-chakong-simulated', '1'] as const;
const keepAliveMs = 65_000; // longer than any caller keeps a quiet connection

/**
 * Plays the agencies of all simulated channels: banks that poll our doors, and servers of registries and vehicle
 * bureaus on one port. Stops by itself when the signal aborts.
 *
 * @throws SimulatorRefused in production
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  if (options.production) throw new SimulatorRefused();
  const channels = options.channels.filter(({ simulated, enabled }) => simulated && enabled);
  const secrets = await readSecrets(channels, options.secret);
  const stopping = new AbortController();
  const parts: Parts = {
    ...options,
    channels,
    signal: stopping.signal,
    secret: secrets,
    plan: openFaultPlan(),
    ledger: openCallLedger(),
  };
  parts.plan.replace(options.faults ?? []);
  const server = serve(parts);
  const port = await listen(server, options);
  const pollers = startPollers(parts);
  const boxes = await startBoxes(parts);
  const stop = stopOnce(async () => {
    stopping.abort();
    await pollers?.stop();
    for (const box of boxes) await box.stop();
    server.closeAllConnections();
    server.close();
    if (server.listening) await once(server, 'close');
  });
  options.signal.addEventListener('abort', () => void stop(), { once: true });
  if (options.signal.aborted) await stop();
  options.log.info('simulator.started', { port, agencies: options.agencies.length, seed: options.seed });
  return { url: `http://${options.host ?? '127.0.0.1'}:${port}`, stop };
}

function stopOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | null = null;
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

function serve(parts: Parts): Server {
  const { seed, agencies, log, signal, ledger, plan, latencyScale = 1 } = parts;
  const control = { seed, agencies, faults: plan, ledger };
  const calls = { seed, places: callPlaces(parts), faults: plan, ledger, latencyScale, signal };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader(...markedAsSimulated);
    if (await serveControl(control, request, response)) return;
    if (await serveCall(calls, request, response)) return;
    response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!signal.aborted) log.warn('simulator.failed', { code: errorCode(error) });
      response.destroy();
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  return server;
}

async function listen(server: Server, { port, host = '127.0.0.1' }: SimulatorOptions): Promise<number> {
  server.listen({ port, host, backlog: 4_096 });
  await once(server, 'listening'); // rejects on 'error', such as a port in use
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function startPollers(parts: Parts): BankPollers | null {
  const { agencies, ledger, plan, pollEveryMs, latencyScale = 1, now = () => new Date() } = parts;
  if (pollEveryMs === 0) return null;
  const banks = parts.channels
    .filter(({ adapter, mode }) => adapter === 'bank-zdz' && mode === 'mailbox')
    .flatMap((channel) => {
      const own = agencies.filter(({ channelId }) => channelId === channel.channelId);
      return banksOf({ ...parts, channel, agencies: own });
    });
  return startBankPollers({ ...parts, banks, faults: plan, ledger, latencyScale, now });
}

/** One box for every channel whose tasks travel as files, where anybody uses it. */
async function startBoxes(parts: Parts): Promise<readonly FileBanks[]> {
  const { agencies, ledger, plan, latencyScale = 1, now = () => new Date() } = parts;
  const boxes: FileBanks[] = [];
  for (const channel of parts.channels) {
    const own = agencies.filter(({ channelId }) => channelId === channel.channelId);
    if (channel.adapter !== 'bank-zdz' || channel.mode !== 'batch' || own.length === 0) continue;
    boxes.push(await startFileBanks({ ...parts, channel, agencies: own, faults: plan, ledger, latencyScale, now }));
  }
  return boxes;
}
