import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/**
 * The answer that is being made, for a handler that nobody needs a token for: `@InReply() { reply }: Replying`. Wrapped,
 * because a reply can be awaited, and whoever awaits it waits until it was sent.
 */
export const InReply = createParamDecorator(
  (_: unknown, context: ExecutionContext): Replying => ({ reply: context.switchToHttp().getResponse<FastifyReply>() }),
);
export interface Replying {
  readonly reply: FastifyReply;
}
