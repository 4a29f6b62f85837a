import type { Log } from '#platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { ProblemError } from '../http/problem-error.ts';
import { problemBody } from '../http/send-problem.ts';
import { lacksTrace } from './traces.ts';

/**
 * The last fence before an answer leaves, also for streams and for handlers that answer by themselves: what should have
 * left a trace in the ledger and did not is not shown.
 */
export function requireTraces(fastify: Pick<FastifyInstance, 'addHook'>, log: Pick<Log, 'error'>): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode >= 400 || !lacksTrace(request)) return payload;
    log.error('audit.missing', { requestId: request.id, route: request.routeOptions.url ?? 'none' });
    if (payload instanceof Readable) payload.destroy();
    return unrecorded(request, reply);
  });
}

function unrecorded(request: FastifyRequest, reply: FastifyReply): string {
  const problem = new ProblemError(
    'internal',
    'The ledger has no trace of this request; nothing is shown without one.',
  );
  for (const name of ['content-length', 'etag', 'location', 'link']) reply.removeHeader(name);
  void reply.code(problem.status).type('application/problem+json; charset=utf-8');
  return JSON.stringify(problemBody(problem, request));
}
