import { problemStatus, type Problem, type ProblemCode } from '#contracts';
import { newUuid } from '#platform';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemCatalogue } from './problem-catalogue.ts';
import { headersOfUnread } from './security-headers.ts';

/**
 * Answers what Node's parser could not even take for a request, so that these refusals too are problems with the headers
 * of all others. Nothing of what came is repeated. A client that went away, or never finished, is not answered.
 */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.destroyed && socket.writable && code !== 'ECONNRESET' && code !== 'ERR_HTTP_REQUEST_TIMEOUT')
    socket.write(messageOf(code === 'HPE_HEADER_OVERFLOW' ? 'too-large' : 'malformed'));
  socket.destroy();
}

const details: Readonly<Record<'malformed' | 'too-large', string>> = {
  malformed: 'The request is not well-formed HTTP.',
  'too-large': 'The headers of the request are too long.',
};

function messageOf(code: ProblemCode & keyof typeof details): string {
  const status = problemStatus[code];
  const requestId = `req_${newUuid()}`;
  const problem: Problem = {
    ...{ type: `/problems/${code}`, title: problemCatalogue[code].zh, status, code, detail: details[code] },
    ...{ instance: '/', requestId, errors: [] },
  };
  const body = JSON.stringify(problem);
  const headers = {
    ...headersOfUnread,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
}
