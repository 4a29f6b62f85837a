import fastifyStatic from '@fastify/static';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Gateway } from '../gateway.ts';
import { notFound } from '../http/problem-error.ts';
import { consolePolicy } from '../http/security-headers.ts';

/** Where the build puts the console: beside the compiled code, or in dist/ when run from source. */
const places = ['../../../../console', '../../../../dist/console'].map((place) => join(import.meta.dirname, place));

/**
 * The web console below `/console/` (docs/decisions/0032-the-console-is-served-by-the-gateway.md): its files, and for every other address there the one page that finds its own way.
 * Nothing of it is secret, and it knows nothing before somebody has signed in; it asks the API like everybody else.
 */
export function consoleRoutes({ settings, identity }: Gateway, fastify: FastifyInstance): void {
  fastify.get('/', (_, reply) => reply.redirect('/console/', 303));
  fastify.get('/console', (_, reply) => reply.redirect('/console/', 303));
  const folder = places.find((place) => existsSync(join(place, 'index.html')));
  if (folder === undefined) {
    fastify.get('/console/*', () => {
      throw notFound('console: it has not been built'); // only when run from source before the first build
    });
    return;
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
    .replaceAll('%profile%', settings.profile)
    .replaceAll('%sign-in%', identity ? 'yes' : 'no');
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('.gz')),
  );
  void fastify.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: folder,
      serve: false,
      dotfiles: 'ignore',
      preCompressed: true,
      setHeaders,
    });
    scope.get('/console/', (_, reply) => sendPage(reply, page));
    scope.get<{ Params: { '*': string } }>('/console/*', ({ params }, reply) =>
      files.has(params['*']) && params['*'] !== 'index.html' ? reply.sendFile(params['*']) : sendPage(reply, page),
    );
  });
}

/** Files under assets/ carry a hash of their content in their name. */
function setHeaders(reply: FastifyReply, path: string): void {
  const isNamedByContent = /[\\/]assets[\\/]/.test(path);
  void reply.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
}

/** Styles made while the console runs carry the nonce of this one answer. */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-security-policy', consolePolicy(nonce))
    .type('text/html; charset=utf-8')
    .send(page.replaceAll('%nonce%', nonce));
}
