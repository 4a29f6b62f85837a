import { noAnswer } from '#adapter-kit';
import type { Ticketed } from '#contracts';
import type { ResultKey } from './answer.ts';
import { faultOf } from './faults.ts';
import { answered, faulted, type Standing } from './repeat.ts';
import { writeTicket } from './ticket.ts';
import { acknowledged, notOurs } from './translate.ts';

/** An aggregating application takes the query and gives its key. */
export async function keyed(standing: Standing): Promise<Ticketed> {
  const { place, settings, query } = standing;
  const reply = await standing.send(settings.paths.query);
  if (reply.kind === 'fault') return faulted(reply.fault, place);
  const foreign = notOurs(reply.answer, query);
  if (foreign) return { said: foreign, ticket: null };
  const [own] = reply.answer.queryKeys;
  if (!own) return { said: noAnswer('incomplete', { reasonCode: 'query-key-missing' }), ticket: null };
  if (own.key === '') return refusedKey(own, standing);
  return { said: acknowledged(), ticket: writeTicket({ ...place, key: own.key }) };
}

/** The status of the query, and the result of our source once there is one; each source is an agency of its own. */
export async function resulting(standing: Standing, key: string): Promise<Ticketed> {
  const { place, settings, query } = standing;
  const reply = await standing.send(settings.paths.status, key);
  if (reply.kind === 'fault') return faulted(reply.fault, place);
  const { answer } = reply;
  const foreign = notOurs(answer, query);
  if (foreign) return { said: foreign, ticket: null };
  const own = answer.resultKeys.find(({ source }) => source === query.agency.code);
  const isAwaited = answer.status === 'NRES' || (own === undefined && answer.status === 'PART');
  if (isAwaited) return { said: acknowledged(), ticket: writeTicket(place) };
  // COMP without our source: nobody said "nothing" for it.
  if (own === undefined) return { said: noAnswer('incomplete', { reasonCode: 'source-missing' }), ticket: null };
  if (own.key === '' || own.errorCode !== null) return refusedKey(own, standing);
  return answered(await standing.send(settings.paths.result, own.key), standing);
}

/** An empty key means that the query itself failed. */
function refusedKey({ errorCode }: ResultKey, { place, settings }: Standing): Ticketed {
  return faulted(faultOf(errorCode ?? 'TIMEOUT', null, settings.pollingIntervalMs), place);
}
