import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { breakerChangedSchema, controlPatterns, heartbeatSchema, helloSchema } from '#contracts';
import type { Log } from '#platform';
import type { AdapterBoard } from '../agencies/adapter-board.ts';

export const NEWS_PARTS = Symbol('news-parts');
export interface NewsParts {
  readonly board: Pick<AdapterBoard, 'forget'>;
  readonly log: Log;
}

/** What workers say of themselves. It is in the database too; here it only makes the gateway look again at once. */
@Controller()
export class WorkerNewsController {
  readonly #parts: NewsParts;

  constructor(@Inject(NEWS_PARTS) parts: NewsParts) {
    this.#parts = parts;
  }

  @EventPattern(controlPatterns.hello)
  hello(@Payload() payload: unknown): void {
    const hello = helloSchema.safeParse(payload);
    if (!hello.success) return this.#unreadable('hello');
    this.#parts.board.forget();
    this.#parts.log.info('worker.announced', { workerId: hello.data.workerId, channels: hello.data.channels.length });
  }

  @EventPattern(controlPatterns.heartbeat)
  heartbeat(@Payload() payload: unknown): void {
    if (!heartbeatSchema.safeParse(payload).success) this.#unreadable('heartbeat');
  }

  @EventPattern(controlPatterns.breakerChanged)
  breakerChanged(@Payload() payload: unknown): void {
    const changed = breakerChangedSchema.safeParse(payload);
    if (!changed.success) return this.#unreadable('breaker-changed');
    this.#parts.board.forget();
    this.#parts.log.debug('breaker.changed', {
      channelId: changed.data.channelId,
      agencyId: changed.data.agencyId,
      state: changed.data.state,
    });
  }

  @EventPattern(controlPatterns.goodbye)
  goodbye(@Payload() _payload: unknown): void {
    this.#parts.board.forget();
  }

  #unreadable(kind: string): void {
    this.#parts.log.warn('control.message-unreadable', { kind });
  }
}
