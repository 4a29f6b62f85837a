import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { errorCode, type Log } from '#platform';
import type { Ledger } from '#store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordDenied } from '../audit/record-denied.ts';
import type { ProblemError } from './problem-error.ts';
import { problemOf } from './problem-of.ts';
import { sendProblem } from './send-problem.ts';

/** Every failure leaves as a problem. Faults of ours are logged by code, because their words may quote somebody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Log;
  readonly #ledger: Pick<Ledger, 'record'>;

  constructor(log: Log, ledger: Pick<Ledger, 'record'>) {
    this.#log = log;
    this.#ledger = ledger;
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = await this.#recorded(request, problemOf(error));
    if (problem.status >= 500) {
      this.#log.error('request.failed', { requestId: request.id, code: errorCode(error), problem: problem.code });
    }
    if (reply.sent) return;
    void sendProblem(reply, request, problem);
  }

  /** A denial that cannot be recorded is not told either. */
  async #recorded(request: FastifyRequest, problem: ProblemError): Promise<ProblemError> {
    try {
      await recordDenied(this.#ledger, request, problem);
      return problem;
    } catch (error) {
      this.#log.error('audit.lost', { requestId: request.id, code: errorCode(error) });
      return problemOf(error);
    }
  }
}
