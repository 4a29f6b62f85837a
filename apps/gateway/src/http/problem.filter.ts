import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { errorCode } from '#platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../gateway.ts';
import { problemOf } from './problem-of.ts';
import { sendProblem } from './send-problem.ts';

/** Every failure leaves as a problem. Faults of ours are logged by code, because their words may quote somebody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #gateway: Pick<Gateway, 'log' | 'denials'>;

  constructor(gateway: Pick<Gateway, 'log' | 'denials'>) {
    this.#gateway = gateway;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      this.#gateway.log.error('request.failed', {
        requestId: request.id,
        code: errorCode(error),
        problem: problem.code,
      });
    }
    if (problem.status === 403) this.#gateway.denials.tell(request, problem.code);
    if (reply.sent) return;
    void sendProblem(reply, request, problem);
  }
}
