import { randomFillSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Fault } from '../faults/fault.ts';
import type { InjectedFault } from '../faults/fault-plan.ts';
import type { CallReply } from './call-profile.ts';

/** Longer than the usual deadline of a channel (10 s). */
const lateMs = 12_000;
const hugeBytes = 200 * 1_048_576;

/** Sends a reply, or does to it what the fault says. Resolves when this side is done; `signal` cuts every wait. */
export async function deliver(
  response: ServerResponse,
  sent: { readonly reply: CallReply; readonly fault: InjectedFault | null },
  signal: AbortSignal,
): Promise<void> {
  const { reply, fault } = sent;
  const afterMs = fault?.afterMs ?? null;
  switch (fault?.fault) {
    case 'down':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return; // the caller goes away, or the server does
    case 'late':
      await sleep(afterMs ?? lateMs, null, { signal });
      return whole(response, reply, reply.body);
    case 'reset':
      return breakOff(response, reply);
    case '5xx':
      return plain(response, 503, {});
    case '429':
      return plain(
        response,
        429,
        afterMs === 0 ? {} : { 'retry-after': String(Math.ceil((afterMs ?? 1_000) / 1_000)) },
      );
    case 'slow-drip':
      return drip(response, reply, { everyMs: afterMs ?? 200, signal });
    case 'huge-body':
      return flood(response, reply);
    case 'gzip-bomb':
      return bomb(response, reply);
    default:
      return spoiled(response, reply, fault?.fault ?? null);
  }
}

/** A whole reply, with other bytes than the agreed ones. */
function spoiled(response: ServerResponse, reply: CallReply, fault: Fault | null): void {
  switch (fault) {
    case 'garbage':
      return whole(response, reply, randomFillSync(Buffer.alloc(512)));
    case 'truncated':
      return whole(response, reply, reply.body.subarray(0, Math.floor(reply.body.length * 0.6)));
    case 'wrong-encoding':
      return whole(response, reply, reply.garbled);
    case 'html-login':
      return whole(response, { ...reply, status: 200, contentType: 'text/html; charset=utf-8' }, loginPage);
    case 'empty':
      return whole(response, reply, Buffer.alloc(0));
    default:
      return whole(response, reply, reply.body);
  }
}

const loginPage = Buffer.from(
  '<!doctype html><html lang="zh"><title>统一登录</title><form><input name="username"><input name="password"></form></html>',
);

function whole(response: ServerResponse, reply: CallReply, body: Buffer): void {
  response.writeHead(reply.status, { 'content-type': reply.contentType, 'content-length': body.length });
  response.end(body);
}

function plain(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end('simulated');
}

/** Promises a whole body, sends half of it and resets the connection. */
function breakOff(response: ServerResponse, reply: CallReply): void {
  response.writeHead(reply.status, { 'content-type': reply.contentType, 'content-length': reply.body.length });
  response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => response.socket?.resetAndDestroy());
}

async function drip(
  response: ServerResponse,
  reply: CallReply,
  pace: { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  response.writeHead(reply.status, { 'content-type': reply.contentType, 'content-length': reply.body.length });
  for (let from = 0; from < reply.body.length && !response.destroyed; from += 8) {
    response.write(reply.body.subarray(from, from + 8));
    await sleep(pace.everyMs, null, { signal: pace.signal });
  }
  response.end();
}

/** The reply and then blanks without end, as fast as the caller reads. */
async function flood(response: ServerResponse, reply: CallReply): Promise<void> {
  response.writeHead(reply.status, { 'content-type': reply.contentType });
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const blanks = Buffer.alloc(262_144, ' ');
  response.write(reply.body);
  for (let sent = 0; sent < hugeBytes && !response.destroyed; sent += blanks.length) {
    if (!response.write(blanks)) await drained(response, gone.signal);
  }
  response.end();
}

async function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: gone });
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}

/** A few hundred kilobytes that unpack to hugeBytes: gzip members may stand one behind the other. */
function bomb(response: ServerResponse, reply: CallReply): void {
  const member = gzipSync(Buffer.alloc(1_048_576, ' '));
  const body = Buffer.concat(Array.from({ length: hugeBytes / 1_048_576 }, () => member));
  response.writeHead(reply.status, {
    'content-type': reply.contentType,
    'content-encoding': 'gzip',
    'content-length': body.length,
  });
  response.end(body);
}
