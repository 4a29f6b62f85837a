import { problemStatus, type ProblemCode } from '#contracts';
import type { Socket } from 'node:net';
import { newRequestId } from './request-id.ts';

const refusals: Readonly<
  Record<string, { readonly code: ProblemCode; readonly line: string; readonly detail: string }>
> = {
  HPE_HEADER_OVERFLOW: {
    code: 'malformed',
    line: '431 Request Header Fields Too Large',
    detail: 'The headers are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'malformed', line: '408 Request Timeout', detail: 'The request came too slowly.' },
};
const unreadable = { code: 'malformed', line: '400 Bad Request', detail: 'This is no HTTP request.' } as const;

/** Answers what never became a request (Node's `clientError`), with the headers of every answer, and closes. */
export function refuseRaw(headers: Readonly<Record<string, string>>) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { code, line, detail } = refusals[error.code ?? ''] ?? unreadable;
    const requestId = newRequestId({ headers: {} });
    const status = Number(line.slice(0, 3)) || problemStatus[code];
    const body = JSON.stringify({
      ...{ type: `/problems/${code}`, title: line.slice(4), status, code, detail },
      ...{ instance: '-', requestId, errors: [] },
    });
    const all = {
      ...headers,
      'x-request-id': requestId,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${line}\r\n${lines.join('')}\r\n${body}`);
  };
}
