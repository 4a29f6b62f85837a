import type { ApiOperation } from './api.ts';

const operations = (id: string, path: string): ApiOperation => ({
  ...{ id, path, method: 'GET', tag: 'operators', scopes: ['operations:read'] },
  ...{ parameters: [], body: null, isList: false, isStream: false, statuses: [200] },
});

/**
 * What is not in the OpenAPI document and wants somebody who is known all the same: it is tried like every operation.
 * The board's `/api/queues` shows jobs, and everything below its address is guarded, also what is not there (API-11).
 * Why routes are listed at all: docs/decisions/0031-refusals-are-tried-from-the-document.md.
 */
export const guardedOutside: readonly ApiOperation[] = [
  operations('metrics', '/metrics'),
  operations('board-page', '/ops/queues'),
  operations('board-queues', '/ops/queues/api/queues'),
  operations('board-jobs', '/ops/queues/api/queues?activeQueue=merge&status=latest&page=1&jobsPerPage=10'),
  operations('board-script', '/ops/queues/static/favicon-32x32.png'),
  operations('board-elsewhere', '/ops/queues/nowhere'),
];

/** Routes that need nobody, each with the reason. A trailing `*` stands for everything below. */
export const openRoutes: Readonly<Record<string, string>> = {
  'GET /health/live': 'probes of the platform; tells words and milliseconds only',
  'GET /health/startup': 'probes of the platform; tells words and milliseconds only',
  'GET /health/ready': 'probes of the platform; tells words and milliseconds only',
  'GET /api/openapi.json': 'the published contract',
  'GET /api/docs*': 'a reader of the published contract',
  'HEAD /api/docs*': 'a reader of the published contract: its files',
  'GET /api/reference*': 'a reader of the published contract',
  'GET /': 'leads to the console',
  'GET /console*': 'the page and the files of the console, which knows nobody before somebody signs in',
  'GET /problems*': 'what problems mean',
  'GET /.well-known/chakong-keys.json': 'public keys: whoever has a report checks its signature',
  'POST /api/v1/verify': 'whoever has a report asks about its seal, and is told what they knew already',
  'GET /auth/sign-in':
    'where a browser would sign in: this gateway has no provider; test/integration/identity-* try one that has',
  'POST /ops/session': 'where an operator signs in; tried on its own in tries/sign-in.ts',
  'DELETE /ops/session': 'takes the own cookie back; knows nobody',
};

/** Routes of the board, all behind one hook; `guardedOutside` holds one of each kind. */
export const boardRoutes = '/ops/queues';

/** What is asked of open routes that have no address of their own. */
export const openExamples: readonly string[] = [
  '/health/live',
  '/health/startup',
  '/health/ready',
  '/api/openapi.json',
  '/api/docs',
  '/api/reference',
  '/console/',
  '/console/icon.svg',
  '/console/nowhere/..%2f..%2fpackage.json',
  '/problems',
  '/problems/not-found',
  '/problems/nowhere',
];
