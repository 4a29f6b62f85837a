import type { Problem } from '#contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, problemCatalogue } from './problem-catalogue.ts';
import type { ProblemError } from './problem-error.ts';

const longestInstance = 300;

/** The body of a problem: path without query, because a query may hold what somebody typed. */
export function problemBody({ code, status, message, errors }: ProblemError, request: FastifyRequest): Problem {
  const [path = '/'] = request.url.split('?', 1);
  return {
    type: `/problems/${code}`,
    title: problemCatalogue[code][languageOf(request.headers['accept-language'])],
    status,
    code,
    detail: message,
    instance: path.slice(0, longestInstance),
    requestId: request.id,
    errors: [...errors],
  };
}

/** Answers `application/problem+json` (RFC 9457). */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: ProblemError): FastifyReply {
  const challenge = problem.status === 401 ? { 'www-authenticate': 'Bearer realm="chakong"' } : {};
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', ...challenge, ...problem.headers })
    .type('application/problem+json; charset=utf-8')
    .send(problemBody(problem, request));
}
