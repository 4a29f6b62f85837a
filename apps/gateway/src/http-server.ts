import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { browserRoutes } from './access/browser/browser-routes.ts';
import { consoleRoutes } from './console/console-routes.ts';
import { documentRoutes } from './documents/document-routes.ts';
import type { Gateway } from './gateway.ts';
import { gatewayModule } from './gateway.module.ts';
import { jsonBody } from './http/json-body.ts';
import { refuseRaw } from './http/raw-refusal.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { problemOf } from './http/problem-of.ts';
import { newRequestId } from './http/request-id.ts';
import { requestHooks } from './http/request-hooks.ts';
import { SchemaPipe } from './http/schema.pipe.ts';
import { securityHeaders } from './http/security-headers.ts';
import { sendProblem } from './http/send-problem.ts';
import { queueBoard } from './ops/queue-board.ts';

/** One route of the router, as it is written there. */
export interface HttpRoute {
  readonly method: string;
  readonly path: string;
}

export interface HttpServer {
  readonly url: string;
  readonly routes: readonly HttpRoute[];
  readonly port: number;
  close(graceMs: number): Promise<void>;
}

/** Bodies of JSON; files have their own limit (files/files.controller.ts). */
const maxBodyBytes = 1_048_576;
const maxFileBytes = 20_971_520;
const maxHeaderBytes = 16_384; // the address is among them
const requestMs = 120_000; // until a whole request is there; 20 MB over a slow line

/** NestJS on Fastify, ready to answer. */
export async function listenHttp(gateway: Gateway): Promise<HttpServer> {
  const { app, routes } = await createApp(gateway);
  const { host, port } = gateway.settings;
  await app.listen(port, host);
  const url = await app.getUrl();
  const { server } = app.getHttpAdapter().getInstance();
  return {
    url,
    routes,
    port: Number(new URL(url).port),
    async close(graceMs) {
      const force = new AbortController();
      const forced = wait(graceMs, undefined, { signal: force.signal }).then(
        () => server.closeAllConnections(),
        () => undefined, // closed in time
      );
      await app.close();
      force.abort();
      await forced;
    },
  };
}

/** The application with all its routes, not listening yet: documents/openapi.ts reads its routes too. */
export async function createApp(
  gateway: Gateway,
): Promise<{ app: NestFastifyApplication; routes: readonly HttpRoute[] }> {
  const headers = securityHeaders(gateway.settings.publicUrl);
  const adapter = adapterOf(gateway, headers);
  const app = await NestFactory.create<NestFastifyApplication>(gatewayModule(gateway), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  const routes: HttpRoute[] = [];
  fastify.addHook(
    'onRoute',
    ({ method, url }) => void routes.push(...[method].flat().map((each) => ({ method: each, path: url }))),
  );
  fastify.removeContentTypeParser('text/plain');
  jsonBody(fastify);
  await app.register(fastifyCookie);
  await app.register(fastifyMultipart, {
    limits: { files: 1, fields: 0, parts: 1, fileSize: maxFileBytes, headerPairs: 50 },
  });
  limitConnections(fastify.server);
  requestHooks(gateway, fastify, headers);
  app.useGlobalFilters(new ProblemFilter(gateway.log, gateway.store.ledger));
  app.useGlobalPipes(new SchemaPipe());
  queueBoard(gateway, fastify);
  browserRoutes(gateway, fastify);
  documentRoutes(app);
  consoleRoutes(gateway, fastify);
  await app.init();
  return { app, routes };
}

function adapterOf({ settings }: Gateway, headers: Readonly<Record<string, string>>): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    bodyLimit: maxBodyBytes,
    genReqId: newRequestId,
    requestIdHeader: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      refuse(headers, { error, request, reply }),
    clientErrorHandler: refuseRaw(headers),
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    http: { maxHeaderSize: maxHeaderBytes },
    requestTimeout: requestMs,
    keepAliveTimeout: 65_000,
  });
}

/** Who sends drop by drop is cut off: all headers within 20 seconds, everything within two minutes. */
function limitConnections(server: Server): void {
  server.headersTimeout = 20_000;
  server.maxHeadersCount = 100;
  server.maxConnections = 10_000;
}

interface Refused {
  readonly error: FastifyError;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Addresses that the router cannot even read. */
const refuse = (headers: Readonly<Record<string, string>>, { error, request, reply }: Refused): void =>
  void sendProblem(reply.headers(headers), request, problemOf(error));
