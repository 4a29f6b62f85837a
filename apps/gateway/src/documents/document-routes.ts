import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { notFound } from '../http/problem-error.ts';
import { openApiDocument } from './openapi.ts';
import { problemRoutes } from './problem-pages.ts';
import { referencePage } from './reference-page.ts';

/** Where the build puts the script of the reader: beside the compiled code, or in dist/ when run from source. */
const scriptPlaces = ['../../../../assets/scalar/standalone.js', '../../../../dist/assets/scalar/standalone.js'].map(
  (place) => join(import.meta.dirname, place),
);

/**
 * `/api/openapi.json`, Swagger UI at `/api/docs`, a reader at `/api/reference`, a page for every problem. All of it is
 * served from here and needs no internet; it holds nothing of anybody, so it needs no token.
 */
export function documentRoutes(app: NestFastifyApplication): void {
  let known: OpenAPIObject | null = null;
  const document = () => (known ??= openApiDocument(app));
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: '查控网关 API',
    swaggerOptions: { persistAuthorization: false, validatorUrl: null },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/api/reference', (_, reply) => reply.type('text/html; charset=utf-8').send(referencePage));
  fastify.get('/api/reference/standalone.js', (_, reply) => {
    const script = scriptPlaces.find((place) => existsSync(place));
    if (script === undefined) throw notFound('script'); // only when run from source before the first build
    return reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(createReadStream(script));
  });
  problemRoutes(fastify);
}
