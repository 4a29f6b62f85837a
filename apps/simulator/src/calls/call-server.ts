import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agency } from '#contracts';
import type { CallLedger } from '../call-ledger.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { readBody } from '../http-body.ts';
import { latencyOf } from '../latency.ts';
import { scenarioOf } from '../world/magic-debtors.ts';
import { worldKey } from '../world/person.ts';
import type { CallProfile, Understanding } from './call-profile.ts';
import { deliver } from './deliver.ts';
import { canHappenTo, courseOf } from './transport-fault.ts';

export interface CallPlace {
  readonly agency: Agency;
  readonly profile: CallProfile;
}

export interface CallServerParts {
  readonly seed: number;
  /** By `<word>/<code>`. */
  readonly places: ReadonlyMap<string, CallPlace>;
  readonly faults: FaultPlan;
  readonly ledger: CallLedger;
  readonly latencyScale: number;
  readonly signal: AbortSignal;
}

const atMostBodyBytes = 4_194_304;

/** Answers one call, if its path leads to an agency; false when it does not. */
export async function serveCall(
  parts: CallServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname } = new URL(request.url ?? '/', 'http://simulator');
  const [, word = '', code = '', ...rest] = pathname.split('/');
  const place = parts.places.get(`${word}/${decodeURIComponent(code)}`);
  if (place === undefined) return false;
  const body = await readBody(request, atMostBodyBytes);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end();
    return true;
  }
  const call = {
    method: request.method ?? 'GET',
    path: `/${rest.join('/')}`,
    contentType: request.headers['content-type'] ?? '',
    body,
  };
  await reply(parts, response, { ...place, understanding: place.profile.understand(place.agency, call) });
  return true;
}

async function reply(
  parts: CallServerParts,
  response: ServerResponse,
  { agency, profile, understanding }: CallPlace & { readonly understanding: Understanding },
): Promise<void> {
  const { seed, faults, ledger, signal, latencyScale } = parts;
  if (understanding.kind === 'settled') return deliver(response, { reply: understanding.reply, fault: null }, signal);
  const { key, idNumber } = understanding;
  const count = ledger.exchange(agency.agencyId, key);
  const injected = faults.take(agency, (fault) => canHappenTo(profile, fault));
  const course = courseOf(profile, injected, scenarioOf(worldKey(idNumber)));
  const thinkMs = latencyOf({ seed, agencyId: agency.agencyId, key: idNumber }) * latencyScale;
  if (thinkMs >= 1 && course.transport?.fault !== 'down') await sleep(thinkMs, null, { signal });
  const answer = understanding.answer({ scenario: course.scenario, count });
  return deliver(response, { reply: answer, fault: course.transport }, signal);
}
