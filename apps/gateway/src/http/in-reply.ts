import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** The answer that is being made, for a handler that nobody needs a token for: `@InReply() reply: FastifyReply`. */
export const InReply = createParamDecorator(
  (_: unknown, context: ExecutionContext): FastifyReply => context.switchToHttp().getResponse<FastifyReply>(),
);
