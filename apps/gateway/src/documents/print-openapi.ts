import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { gatewayModule } from '../gateway.module.ts';
import { openApiDocument } from './openapi.ts';

/** Prints the document for `docs/openapi.json`; a test compares that file with what a running gateway serves. */
const installation = {
  channels: [],
  agencies: [],
  courts: [],
  officers: [],
  tokens: [],
  calendars: [],
  purposePolicy: { everywhere: {}, courts: [] },
};
const app = await NestFactory.create<NestFastifyApplication>(gatewayModule({ installation }), new FastifyAdapter(), {
  logger: false,
});
process.stdout.write(`${JSON.stringify(openApiDocument(app), null, 2)}\n`);
