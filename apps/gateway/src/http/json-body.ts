import { jsonShape } from '#contracts';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem-error.ts';

/** Far more than any request of ours needs. */
const limits = { maxDepth: 32, maxValues: 50_000 } as const;

/** JSON as Fastify reads it (no `__proto__`, no `constructor.prototype`), after a look at its shape. */
export function jsonBody(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    const shape = jsonShape(text, limits);
    if (shape === 'too-deep') done(new ProblemError('malformed', `The body nests deeper than ${limits.maxDepth}.`));
    else if (shape === 'too-many')
      done(new ProblemError('too-large', `The body holds over ${limits.maxValues} values.`));
    else void parse(request, text, done); // tells through `done`
  });
}
