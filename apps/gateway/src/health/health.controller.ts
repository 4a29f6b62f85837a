import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { readMetrics } from '#platform';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { Operation } from '../http/operation.ts';
import { allTogether, checkDatabase, checkHosting, checkLoop, checkQueue } from './checks.ts';

/**
 * For whoever runs the process. Health needs no token and tells no address and no version; the metrics need the
 * operators' scope. An agency that is down never makes a process unready.
 */
@ApiExcludeController()
@Controller()
export class HealthController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get('health/live')
  async live(@Res() reply: FastifyReply): Promise<void> {
    await answer(reply, { loop: await checkLoop() });
  }

  @Get('health/startup')
  async startup(@Res() reply: FastifyReply): Promise<void> {
    await answer(reply, { database: await checkDatabase(this.#gateway), channels: await checkHosting(this.#gateway) });
  }

  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const { draining } = this.#gateway;
    const leaving = draining.aborted ? { 'shutting-down': { status: 'down' as const, ms: null } } : {};
    await answer(reply, {
      database: await checkDatabase(this.#gateway),
      queue: await checkQueue(this.#gateway),
      ...leaving,
    });
  }

  @Get('metrics')
  @Operation({
    summary: 'Metrics for Prometheus',
    scope: 'operations:read',
    audit: { none: 'counts without labels of a case or person' },
    status: 200,
    returns: null,
    media: 'text/plain',
  })
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await readMetrics(this.#gateway.registry);
    await reply.header('content-type', contentType).send(text);
  }
}

function answer(reply: FastifyReply, checks: Parameters<typeof allTogether>[0]): FastifyReply {
  const health = allTogether(checks);
  return reply
    .code(health.status === 'down' ? 503 : 200)
    .header('cache-control', 'no-store')
    .send(health);
}
