import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Agency } from '#contracts';
import type { CallLedger } from './call-ledger.ts';
import { readFaultRules } from './faults/fault.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { readBody } from './http-body.ts';
import { readJson } from './json-value.ts';
import { magicDebtors } from './world/magic-debtors.ts';
import { syntheticDebtor } from './world/person.ts';
import { truthOf } from './world/truth.ts';

export interface ControlParts {
  readonly seed: number;
  readonly agencies: readonly Agency[];
  readonly faults: FaultPlan;
  readonly ledger: CallLedger;
}

interface ControlReply {
  readonly status: number;
  readonly value: unknown;
}

const atMostBodyBytes = 8_388_608;
const ok = (value: unknown): ControlReply => ({ status: 200, value });
const wrong = (status: number, ...problems: readonly string[]): ControlReply => ({ status, value: { problems } });

const isLoopback = (address: string | undefined): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address ?? '');

/** Answers a control request (`/__…`), to callers of this machine only; false when the path is none of these. */
export async function serveControl(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  if (!url.pathname.startsWith('/__')) return false;
  const reply = isLoopback(request.socket.remoteAddress)
    ? await controlReply(parts, request, url)
    : wrong(403, 'control is for callers of this machine only');
  const body = Buffer.from(JSON.stringify(reply.value));
  response.writeHead(reply.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.end(body);
  return true;
}

async function controlReply(parts: ControlParts, request: IncomingMessage, url: URL): Promise<ControlReply> {
  const [, page = '', detail = ''] = url.pathname.split('/');
  const route = `${request.method} ${page}`;
  switch (route) {
    case 'GET __truth':
      return ok(truth(parts, decodeURIComponent(detail), url.searchParams.get('name')));
    case 'GET __people':
      return /^\d{1,7}$/.test(detail)
        ? ok(syntheticDebtor(parts.seed, Number(detail)))
        : wrong(400, 'the path is /__people/<number>');
    case 'GET __magic':
      return ok(magicDebtors);
    case 'GET __faults':
      return ok(parts.faults.counts());
    case 'PUT __faults':
      return putFaults(parts.faults, await readBody(request, atMostBodyBytes));
    case 'DELETE __faults':
      parts.faults.replace([]);
      return ok([]);
    case 'GET __calls':
      return ok(parts.ledger.counts());
    case 'DELETE __calls':
      parts.ledger.clear();
      return ok(parts.ledger.counts());
    default:
      return wrong(404, 'there are /__truth, /__people, /__magic, /__faults and /__calls');
  }
}

const truth = ({ seed, agencies }: ControlParts, idNumber: string, name: string | null): unknown =>
  truthOf({ seed, debtor: name === null ? { idNumber } : { idNumber, name }, agencies });

function putFaults(faults: FaultPlan, body: Buffer | null): ControlReply {
  if (body === null) return wrong(413, `at most ${atMostBodyBytes} bytes`);
  const json = readJson(body.toString('utf8'));
  if (!json.isJson) return wrong(400, 'the body is not JSON');
  const reading = readFaultRules(json.value);
  if (reading.outcome === 'wrong') return wrong(400, ...reading.problems);
  faults.replace(reading.rules);
  return ok(faults.counts());
}
