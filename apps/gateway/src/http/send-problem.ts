import type { Problem } from '#contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, problemCatalogue } from './problem-catalogue.ts';
import type { ProblemError } from './problem-error.ts';

/** The body of a problem. */
export function problemBody({ code, status, message, errors }: ProblemError, request: FastifyRequest): Problem {
  return {
    type: `/problems/${code}`,
    title: problemCatalogue[code][languageOf(request.headers['accept-language'])],
    status,
    code,
    detail: message,
    instance: safePath(request.url),
    requestId: request.id,
    errors: [...errors],
  };
}

/** Answers `application/problem+json` (RFC 9457). */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: ProblemError): FastifyReply {
  const challenge = problem.status === 401 ? { 'www-authenticate': 'Bearer realm="chakong"' } : {};
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', 'x-request-id': request.id, ...challenge, ...problem.headers })
    .type('application/problem+json; charset=utf-8')
    .send(problemBody(problem, request));
}

const ownId = /^[a-z]{3,4}_[0-9A-HJKMNP-TV-Z]{26}$/;
const plainWord = /^[a-z][a-z0-9.-]{0,59}$/;
const longNumber = /\d{6}/;

/** The path without its query; a part that is neither a word of ours nor an id of ours may be anything, and is left out. */
function safePath(url: string): string {
  const [path = '/'] = url.split('?', 1);
  const parts = path.split('/').slice(0, 12);
  return parts
    .map((part) => (part === '' || ownId.test(part) || (plainWord.test(part) && !longNumber.test(part)) ? part : '-'))
    .join('/');
}
