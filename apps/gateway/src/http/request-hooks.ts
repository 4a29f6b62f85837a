import type { FastifyInstance, FastifyRequest } from 'fastify';
import { signIn } from '../access/sign-in.ts';
import { requireTraces } from '../audit/require-traces.ts';
import type { Gateway } from '../gateway.ts';
import { openCrowd } from './crowd.ts';
import { pagePolicy } from './security-headers.ts';

/** What happens to every request, before any body is read and after the answer has gone. */
export function requestHooks(
  gateway: Gateway,
  fastify: Pick<FastifyInstance, 'addHook'>,
  headers: Readonly<Record<string, string>>,
): void {
  const crowd = openCrowd();
  fastify.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request);
    const policy = pagePolicy(path);
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    if (policy !== null) reply.header('content-security-policy', policy);
    if (!isProtected(path) && !isSignIn(path)) return;
    if (!isStream(path)) reply.raw.once('close', crowd.enter(request));
    if (isProtected(path) && !openPaths.has(path)) await signIn(gateway, request, reply);
  });
  requireTraces(fastify, gateway.log);
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    gateway.metrics.httpServed({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime });
    gateway.log.debug('request.served', {
      requestId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
    });
  });
}

/** By the route that was matched, so that no spelling of the path goes round it; unknown paths by their own words. */
const pathOf = (request: FastifyRequest): string => request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '/';

/** Event streams have seats of their own. */
const isStream = (path: string): boolean => path.endsWith('/events');

const isSignIn = (path: string): boolean => path.startsWith('/auth/');

/** Open to everybody: these routes say `public` of themselves, tell nothing of anybody, and count per address. */
const openPaths: ReadonlySet<string> = new Set(['/api/v1/verify']);

/** Everything with data. Health, problem pages and the documents of the API hold nothing of anybody. */
const isProtected = (path: string): boolean => /^\/(?:api\/v1(?:\/|$)|metrics$)/.test(path);
