import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import type { ControlPlace } from '#contracts';
import { redisOptions } from './worker-commands.ts';
import { NEWS_PARTS, type NewsParts, WorkerNewsController } from './worker-news.controller.ts';

/** The gateway's end of the control channel (@nestjs/microservices): hears what workers say. Closes with the gateway. */
export async function openControlServer(place: ControlPlace, parts: NewsParts): Promise<{ close(): Promise<void> }> {
  class ControlModule {}
  const module = {
    module: ControlModule,
    controllers: [WorkerNewsController],
    providers: [{ provide: NEWS_PARTS, useValue: parts }],
  };
  const options: MicroserviceOptions =
    place.kind === 'tcp'
      ? { transport: Transport.TCP, options: { host: place.host, port: place.port } }
      : redisOptions(place);
  const server = await NestFactory.createMicroservice<MicroserviceOptions>(module, { ...options, logger: false });
  await server.listen();
  return { close: () => server.close() };
}
