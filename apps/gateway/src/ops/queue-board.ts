import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter as BoardAdapter } from '@bull-board/fastify';
import { equalsConstantTime } from '#platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';
import { addressOf } from '../access/address.ts';
import { isFailure } from '../access/refused.ts';
import { accepted } from '../access/sign-in.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import { notFound, ProblemError } from '../http/problem-error.ts';
import { problemOf } from '../http/problem-of.ts';
import { ownPage } from '../http/security-headers.ts';
import { sendProblem } from '../http/send-problem.ts';
import { mayOperate, openOpsSessions, type OpsSessions } from './ops-session.ts';
import { scrubBody } from './scrub-job.ts';
import { signInPage } from './sign-in-page.ts';

const place = '/ops/queues';

/**
 * The board of the queues, for reading only, mounted by hand: its own Nest middleware would guard nothing but the exact
 * root on Fastify. Here every path below it passes the same hook, also those that do not exist.
 */
export function queueBoard(gateway: Gateway, fastify: FastifyInstance): void {
  const sessions = openOpsSessions({
    signature: (text) => gateway.keyring.blindIndex('ops-session', text),
    isSame: equalsConstantTime,
    register: gateway.register,
    now: () => gateway.clock.now(),
    secure: gateway.settings.publicUrl.startsWith('https://'),
  });
  const board = makeBoard(gateway);
  void fastify.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => sendProblem(reply, request, problemOf(error)));
    sessionRoutes(gateway, sessions, scope);
  });
  void fastify.register(
    async (scope) => {
      // the board has an error handler of its own, so refusals are sent here and not thrown
      scope.addHook('onRequest', async (request, reply) => {
        const refusal = await refusalOf(gateway, sessions, request);
        if (refusal === 'sign-in')
          return reply
            .code(401)
            .header('content-security-policy', ownPage)
            .type('text/html; charset=utf-8')
            .send(signInPage);
        return refusal ? sendProblem(reply, request, refusal) : undefined;
      });
      scope.addHook('onSend', async (_request, _reply, payload) => withoutOutsideLinks(payload));
      scope.setErrorHandler((error, request, reply) => sendProblem(reply, request, problemOf(error)));
      scope.setNotFoundHandler((request, reply) => sendProblem(reply, request, notFound('page')));
      await scope.register(board.registerPlugin());
    },
    { prefix: place },
  );
}

type BoardQueue = ConstructorParameters<typeof BullMQAdapter>[0];
const isQueue = (queue: object): queue is BoardQueue => 'getJobCounts' in queue;

function makeBoard({ queue }: Gateway): BoardAdapter {
  const serverAdapter = new BoardAdapter().setBasePath(place);
  const queues = [...queue.dashboardQueues().values()].filter(isQueue).map((each) => {
    const adapter = new BullMQAdapter(each, { readOnlyMode: true, allowRetries: false });
    adapter.setFormatter('returnValue', () => null);
    adapter.setFormatter('progress', () => null);
    return adapter;
  });
  createBullBoard({
    queues,
    serverAdapter,
    options: {
      uiConfig: { boardTitle: '查控网关 queues', miscLinks: [] },
      handlerHooks: { after: async (_context, result) => ({ ...result, body: scrubBody(result.body) }) },
    },
  });
  serverAdapter.setErrorHandler(() => ({ status: 500, body: { error: 'internal' } })); // the board's own repeats the words of errors
  return serverAdapter;
}

/**
 * By bearer token for programs, by the cookie of the board, or by the session of a browser that has signed in. Only GET:
 * the board changes nothing. Null: come in.
 */
async function refusalOf(
  gateway: Gateway,
  sessions: OpsSessions,
  request: FastifyRequest,
): Promise<ProblemError | 'sign-in' | null> {
  try {
    const caller = (await sessions.callerOf(request.headers.cookie)) ?? (await byBrowserOrToken(gateway, request));
    if (!caller) return isPage(request) ? 'sign-in' : new ProblemError('not-signed-in', 'Sign in at /ops/queues.');
    if (!mayOperate(caller)) return new ProblemError('not-allowed', 'The token lacks the scope operations:read.');
    return request.method === 'GET' ? null : new ProblemError('not-allowed', 'The board is for reading only.');
  } catch (error) {
    return problemOf(error);
  }
}

async function byBrowserOrToken(gateway: Gateway, request: FastifyRequest): Promise<Caller | null> {
  const presented = await gateway.credentials.ofRequest(request);
  const { recognised } = presented;
  return 'cause' in recognised && !isFailure(recognised.cause) ? null : accepted(gateway, presented);
}

const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && (url === place || url === `${place}/`) && (headers.accept ?? '').includes('text/html');

function sessionRoutes(gateway: Gateway, sessions: OpsSessions, scope: FastifyInstance): void {
  const { register, clock, log, store } = gateway;
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 2_048 },
    (_request, body, done) => {
      done(null, { token: new URLSearchParams(String(body)).get('token') ?? '' });
    },
  );
  scope.post('/ops/session', async (request, reply) => {
    const authorization = request.headers.authorization ?? `Bearer ${tokenIn(request.body)}`;
    const recognised = await register.recognise(authorization, clock.now());
    const caller = await accepted(gateway, { recognised, from: { way: 'token', address: addressOf(request.ip) } });
    if (!mayOperate(caller)) throw new ProblemError('not-allowed', 'The token lacks the scope operations:read.');
    await store.ledger.record(actOf({ caller, request }, { action: 'session.opened', detail: { place: 'ops' } }));
    log.info('session.opened', { requestId: request.id, via: caller.via });
    return reply.code(303).header('set-cookie', sessions.cookieFor(caller)).header('location', place).send();
  });
  scope.delete('/ops/session', (_request, reply) => reply.code(204).header('set-cookie', sessions.ended).send());
}

const tokenIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string' ? body.token : '';

/** The page of the board links to fonts elsewhere; nothing here asks anybody outside. */
const withoutOutsideLinks = (payload: unknown): unknown =>
  typeof payload === 'string' ? payload.replaceAll(/<link[^>]+https:\/\/[^>]*>/g, '') : payload;
