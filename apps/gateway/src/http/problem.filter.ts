import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { errorCode, type Log } from '#platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.ts';
import { sendProblem } from './send-problem.ts';

/** Every failure leaves as a problem. Faults of ours are logged by code, because their words may quote somebody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      this.#log.error('request.failed', { requestId: request.id, code: errorCode(error), problem: problem.code });
    }
    if (reply.sent) return;
    void sendProblem(reply, request, problem);
  }
}
