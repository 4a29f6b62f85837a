import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import { browserRoutes } from './access/browser/browser-routes.ts';
import { documentRoutes } from './documents/document-routes.ts';
import type { Gateway } from './gateway.ts';
import { gatewayModule } from './gateway.module.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { problemOf } from './http/problem-of.ts';
import { newRequestId } from './http/request-id.ts';
import { requestHooks } from './http/request-hooks.ts';
import { SchemaPipe } from './http/schema.pipe.ts';
import { headersOfUnread, securityHeaders } from './http/security-headers.ts';
import { sendProblem } from './http/send-problem.ts';
import { refuseUnreadable } from './http/unreadable.ts';
import { queueBoard } from './ops/queue-board.ts';

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  close(graceMs: number): Promise<void>;
}

/** Bodies of JSON; files have their own limit (files/files.controller.ts). */
const maxBodyBytes = 1_048_576;
const maxFileBytes = 20_971_520;

/** NestJS on Fastify, ready to answer. */
export async function listenHttp(gateway: Gateway): Promise<HttpServer> {
  const app = await createApp(gateway);
  const { host, port } = gateway.settings;
  await app.listen(port, host);
  const url = await app.getUrl();
  const { server } = app.getHttpAdapter().getInstance();
  return {
    url,
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
export async function createApp(gateway: Gateway): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: maxBodyBytes,
    genReqId: newRequestId,
    requestIdHeader: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuse,
    clientErrorHandler: refuseUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(gatewayModule(gateway), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, securityHeaders);
  await app.register(fastifyMultipart, {
    limits: { files: 1, fields: 0, parts: 1, fileSize: maxFileBytes, headerPairs: 50 },
  });
  requestHooks(gateway, fastify);
  app.useGlobalFilters(new ProblemFilter(gateway.log, gateway.store.ledger));
  app.useGlobalPipes(new SchemaPipe());
  queueBoard(gateway, fastify);
  browserRoutes(gateway, fastify);
  documentRoutes(app);
  await app.init();
  return app;
}

/** Addresses that the router cannot even read. */
const refuse = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void =>
  void sendProblem(reply.headers(headersOfUnread), request, problemOf(error));
