import { Controller, Inject, type Type } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { controlCommandSchema, controlPatterns } from '#contracts';
import { TAKE_COMMAND, type TakeCommand } from './commands.ts';

/** The pattern carries the worker's id, because over Redis every worker hears every pattern it has subscribed to. */
export function commandsController(workerId: string): Type<unknown> {
  @Controller()
  class CommandsController {
    readonly #take: TakeCommand;

    constructor(@Inject(TAKE_COMMAND) take: TakeCommand) {
      this.#take = take;
    }

    @MessagePattern(controlPatterns.command(workerId))
    async take(@Payload() payload: unknown): Promise<{ done: boolean }> {
      await this.#take(controlCommandSchema.parse(payload));
      return { done: true };
    }
  }
  return CommandsController;
}
