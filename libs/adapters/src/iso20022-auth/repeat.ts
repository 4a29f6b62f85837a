import type { Ticketed } from '#contracts';
import type { Reply } from './exchange.ts';
import type { Fault } from './faults.ts';
import type { Query } from './query.ts';
import type { RegisterSettings } from './settings.ts';
import { writeTicket, type Place } from './ticket.ts';
import { notOurs, toSaid } from './translate.ts';

/** One asking at one step of its way. */
export interface Standing {
  readonly query: Query;
  readonly place: Place;
  readonly settings: RegisterSettings;
  readonly send: (path: string, resultKey?: string) => Promise<Reply>;
}

/** A data retrieval system: the answer, or the same question again later. */
export async function repeated(standing: Standing): Promise<Ticketed> {
  return answered(await standing.send(standing.settings.path), standing);
}

/** An answer with results, or a fault. Only COMP leaves nothing to collect. */
export function answered(reply: Reply, { query, place, settings }: Standing): Ticketed {
  if (reply.kind === 'fault') return faulted(reply.fault, place);
  const { answer, signature } = reply;
  const foreign = notOurs(answer, query);
  if (foreign) return { said: foreign, ticket: null };
  const said = toSaid(answer, { query, wanted: settings.wanted, agency: query.agency, signature });
  return { said, ticket: answer.status === 'COMP' ? null : writeTicket(place) };
}

/** A lost query is sent anew once; asked too often, we go on later; every other fault is the end. */
export function faulted({ kind, said }: Fault, place: Place): Ticketed {
  if (kind === 'wait') return { said, ticket: writeTicket(place) };
  if (kind === 'lost' && !place.sentAnew) return { said, ticket: writeTicket({ key: null, sentAnew: true }) };
  return { said, ticket: null };
}
