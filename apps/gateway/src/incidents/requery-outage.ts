import type { newOutageRequerySchema, OutageRequeryView } from '#contracts';
import { numbersFor } from '#inquiry';
import { toDay } from '#platform';
import type { z } from 'zod';
import { recordOperation } from '../audit/record-operation.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { sendAgain } from '../inquiries/send-inquiry.ts';

type Wanted = z.infer<typeof newOutageRequerySchema>;

const mostCounted = 500;
const mostAgain = 10; // times per line on its own, after which only an officer asks again

/**
 * Asks again what an agency missed while it could not be reached: `no-answer` of the window and nothing else, each
 * inquiry in a transaction of its own, no more of them than the budget. What goes on is decided call by call, so that
 * whoever runs it sees every step and stops by not taking the next.
 */
export async function requeryOutage(
  gateway: Gateway,
  exchange: Exchange,
  { agencyId, from, until, reason, dryRun, budget }: Wanted,
): Promise<Done<OutageRequeryView>> {
  const { store, installation, log } = gateway;
  const agency = foundOr404(
    installation.agencies.find((each) => each.agencyId === agencyId),
    'agency',
  );
  const channel = installation.channels.find((each) => each.channelId === agency.channelId);
  if (!channel) throw new ProblemError('state-conflict', 'The agency is not connected to any channel.');
  const { channelId, limits } = channel;
  const done = dryRun ? 'requery-outage-dry-run' : 'requery-outage';
  await recordOperation(gateway, exchange, { done, channelId, agencyId, reason });
  const window = { agencyId, from: new Date(from), until: new Date(until), settledOnly: true };
  const waiting = await store.outages.waiting({ ...window, limit: mostCounted });
  const decided = { by: exchange.caller.officer.userId, reason };
  let asked = 0;
  const chosen = dryRun ? [] : waiting.slice(0, budget);
  for (const { inquiryId } of chosen)
    if (await askAgain(gateway, { inquiryId, channelId, agencyId, region: agency.region, decided })) asked += 1;
  log.warn('outage.requeried', { channelId, agencyId, dryRun, inquiries: waiting.length, asked });
  const view: OutageRequeryView = {
    ...{ agencyId, dryRun, asked },
    inquiries: waiting.length,
    courts: new Set(waiting.map(({ courtCode }) => courtCode)).size,
    more: waiting.length >= mostCounted,
    atLeastMs: limits.maxPerSecond === null ? null : Math.ceil((waiting.length / limits.maxPerSecond) * 1_000),
    passedOver: chosen.length - asked,
  };
  return { status: 200, location: null, view, kept: view };
}

interface Line {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly agencyId: string;
  readonly region: string | null;
  readonly decided: { readonly by: string; readonly reason: string };
}

async function askAgain(gateway: Gateway, line: Line): Promise<boolean> {
  const { store, clock, settings, installation } = gateway;
  const at = clock.now();
  const numbers = numbersFor([line], {
    firstSerial: await store.inquiries.nextSerials(1),
    date: toDay(at, settings.timeZone).replaceAll('-', ''),
    templates: new Map(installation.channels.map(({ channelId, requestNumber }) => [channelId, requestNumber])),
  });
  const requestNumber = numbers.get(line.agencyId);
  if (requestNumber === undefined) return false;
  const made = await store.inquiries.requeryRecovered({ ...line, requestNumber, at, mostAutomatic: mostAgain });
  if (made === null) return false;
  await sendAgain(gateway, line.inquiryId, { shards: made.shards, closeAt: null });
  return true;
}
