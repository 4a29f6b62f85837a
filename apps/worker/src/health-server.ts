import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Health } from '#contracts';
import { errorCode, type Log, readMetrics } from '#platform';
import { bareHeaders, bareRefusal } from './bare-headers.ts';
import type { Registry } from 'prom-client';

/** What readiness asks; each call fails or stays away when that part is away. */
export interface HealthChecks {
  database(): Promise<unknown>;
  queue(): Promise<unknown>;
}

/** Health and metrics of a worker, on a port of their own (api.md §8, §10). */
export interface HealthServer {
  readonly port: number;
  /** From now on the process is started, and readiness asks these. */
  started(checks: HealthChecks): void;
  close(): Promise<void>;
}

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  readonly registry: Registry;
  readonly leaving: AbortSignal;
  readonly log: Log;
}

type Status = Health['status'];
type Check = Health['checks'][string];

const checkMs = 2_000;
const limits = { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 10_000 } as const;
const ok: Health = { status: 'ok', checks: {} };
const down: Health = { status: 'down', checks: {} };

export async function openHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { host, port, registry, leaving, log } = options;
  let checks: HealthChecks | null = null;
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/metrics') {
      const { contentType, text } = await readMetrics(registry);
      response.writeHead(200, { ...bareHeaders, 'content-type': contentType }).end(text);
    } else if (path === '/health/live') tell(response, ok);
    else if (path === '/health/startup') tell(response, checks === null ? down : ok);
    else if (path === '/health/ready') {
      tell(response, checks === null || leaving.aborted ? down : await readiness(checks));
    } else response.writeHead(404, bareHeaders).end();
  };
  const server = createServer(limits, ({ url = '/' }, response) => {
    answer(url.split('?', 1).join(''), response).catch((error: unknown) => {
      log.warn('health.failed', { code: errorCode(error) });
      response.destroy();
    });
  });
  server.maxConnections = 100;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable) socket.end(bareRefusal(error.code));
    else socket.destroy();
  });
  server.listen(port, host);
  await once(server, 'listening'); // rejects when the port is taken
  return {
    port: portOf(server, port),
    started: (given) => {
      checks = given;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function tell(response: ServerResponse, health: Health): void {
  response.writeHead(health.status === 'down' ? 503 : 200, {
    ...bareHeaders,
    'content-type': 'application/json',
  });
  response.end(JSON.stringify(health));
}

/** Without the database nothing can be kept. Without the queue what is stored waits, and the reconciler catches up. */
async function readiness({ database, queue }: HealthChecks): Promise<Health> {
  const checks = { database: await look(database, 'down'), queue: await look(queue, 'degraded') };
  const order: readonly Status[] = ['ok', 'degraded', 'down'];
  const worst = Math.max(...Object.values(checks).map(({ status }) => order.indexOf(status)));
  return { status: order[worst] ?? 'down', checks };
}

async function look(ask: () => Promise<unknown>, otherwise: Status): Promise<Check> {
  const startedAt = performance.now();
  const late = AbortSignal.timeout(checkMs);
  const tooLate = once(late, 'abort').then((): Status => otherwise);
  const status = await Promise.race([
    tooLate,
    ask().then(
      (): Status => 'ok',
      (): Status => otherwise,
    ),
  ]);
  return { status, ms: Math.round(performance.now() - startedAt) };
}

function portOf(server: Server, port: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
