import { createServer as createPlain, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { bareRefusal } from '../bare-headers.ts';

/** TLS of the doors themselves (PEM). */
export interface DoorsTls {
  readonly cert: string;
  readonly key: string;
  /** Whoever calls must show a certificate of one of these; null: none is asked for. */
  readonly clientCa: string | null;
}

export interface ListenerLimits {
  readonly headersMs: number; // until all headers are there
  readonly requestMs: number; // until the whole call is there
  readonly maxHeaderBytes: number; // the address of the call is among them
  readonly maxHeaders: number;
  readonly maxConnections: number;
}

/** A server that waits for nobody: who sends slowly, too much or nonsense is answered and cut off. */
export function doorsListener(limits: ListenerLimits, tls: DoorsTls | null, listener: RequestListener): Server {
  const options: ServerOptions = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: Math.min(limits.headersMs, limits.requestMs), // Node refuses more
    requestTimeout: limits.requestMs,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: Math.min(5_000, limits.headersMs),
  };
  const server = tls === null ? createPlain(options, listener) : secure(options, tls, listener);
  server.maxHeadersCount = limits.maxHeaders;
  server.maxConnections = limits.maxConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable) socket.end(bareRefusal(error.code));
    else socket.destroy();
  });
  return server;
}

function secure(options: ServerOptions, { cert, key, clientCa }: DoorsTls, listener: RequestListener): Server {
  const asking = clientCa === null ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  return createSecure({ ...options, cert, key, minVersion: 'TLSv1.2', handshakeTimeout: 10_000, ...asking }, listener);
}
