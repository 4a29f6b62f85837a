import { noAnswer } from '#adapter-kit';
import type { Adapter, AdapterPorts, AdapterSession, Asking, Inquiry, Ticketed } from '#contracts';
import type { ResultKey } from './answer.ts';
import { openExchange, type Reply } from './exchange.ts';
import { faultOf, type Fault } from './faults.ts';
import { queryOf, type Query } from './query.ts';
import { settingsSchema, type RegisterSettings } from './settings.ts';
import { readTicket, writeTicket, type Place } from './ticket.ts';
import { acknowledged, notOurs, toSaid } from './translate.ts';

/**
 * Account registers by ISO 20022 auth.001 and auth.002 (iso20022-auth.md). Asking a data retrieval system again under
 * the same number is how its answer is collected; an aggregating application gives a key instead.
 */
export const iso20022Auth: Adapter<typeof settingsSchema> = {
  manifest: {
    id: 'iso20022-auth',
    version: '1.0.0',
    modes: ['ticket'],
    categories: ['bank', 'central-bank-index'],
    debtorKinds: ['natural', 'legal', 'other'],
    matchRule: { natural: 'id-only', organisation: 'id-only' },
    keysSent: { natural: ['name', 'id18', 'birth-date'], organisation: ['name', 'uscc'] },
    assetKinds: ['deposit-account'],
    sections: ['accounts', 'roles'],
    delivers: [
      'accountClass',
      'asOf',
      'asOfKind',
      'bic',
      'cardNumber',
      'coRights',
      'currency',
      'disputed',
      'encumbrances',
      'holderName',
      'iban',
      'openedOn',
      'protectedPurpose',
      'status',
    ].map((field) => `deposit-account.${field}`),
    legalPrerequisites: [
      { zh: '账户登记查询的法律依据（条款）', en: 'Legal basis of the register query (its paragraph)' },
    ],
  },
  settings: settingsSchema,
  open: (ports) => openSession(ports),
};

function openSession(ports: AdapterPorts<RegisterSettings>): AdapterSession {
  const { settings } = ports;
  const exchange = openExchange(ports);
  const start: Place = { step: 'query', key: null, sentAnew: false };

  return {
    submit: (inquiry, asking, signal) => take({ inquiry, asking, place: start, signal }),
    collect: (inquiry, asking, signal) => take({ inquiry, asking, place: readTicket(asking.ticket), signal }),
  };

  async function take({ inquiry, asking, place, signal }: Step): Promise<Ticketed> {
    const query = queryOf(inquiry, asking, settings);
    const send = (path: string, resultKey?: string): Promise<Reply> =>
      exchange({ path, query, http: asking.http, signal, ...(resultKey !== undefined && { resultKey }) });
    if (settings.flow === 'repeat') return repeated(await send(settings.path), { query, place });
    if (place.step === 'query' || place.key === null) return keyed(await send(settings.paths.query), { query, place });
    return resulting({ query, place, key: place.key, send });
  }

  /** A data retrieval system: the answer, or the same question again later. */
  function repeated(reply: Reply, { query, place }: Standing): Ticketed {
    return reply.kind === 'fault' ? faulted(reply.fault, place) : answered(reply, { query, place });
  }

  /** An aggregating application took the query: its key, unless it answered at once. */
  function keyed(reply: Reply, { query, place }: Standing): Ticketed {
    if (reply.kind === 'fault') return faulted(reply.fault, place);
    const [own] = reply.answer.queryKeys;
    const foreign = notOurs(reply.answer, query);
    if (foreign) return { said: foreign, ticket: null };
    if (!own) return { said: noAnswer('incomplete', { reasonCode: 'query-key-missing' }), ticket: null };
    if (own.key === '') return refusedKey(own, place);
    return { said: acknowledged(), ticket: writeTicket({ ...place, step: 'status', key: own.key }) };
  }

  /** The status of the query, and the result of our source once there is one. */
  async function resulting({ query, place, key, send }: Standing & Keyed): Promise<Ticketed> {
    const state = await send(settings.paths.status, key);
    if (state.kind === 'fault') return faulted(state.fault, place);
    const foreign = notOurs(state.answer, query);
    if (foreign) return { said: foreign, ticket: null };
    if (state.answer.status === 'NRES') return { said: acknowledged(), ticket: writeTicket(place) };
    const own = state.answer.resultKeys.find(({ source }) => source === query.agency.code);
    if (own === undefined && state.answer.status === 'PART') return { said: acknowledged(), ticket: writeTicket(place) };
    if (own === undefined) return { said: noAnswer('incomplete', { reasonCode: 'source-missing' }), ticket: null };
    if (own.key === '' || own.errorCode !== null) return refusedKey(own, place);
    const result = await send(settings.paths.result, own.key);
    return result.kind === 'fault' ? faulted(result.fault, place) : answered(result, { query, place });
  }

  function refusedKey({ errorCode }: ResultKey, place: Place): Ticketed {
    return faulted(faultOf(errorCode ?? 'TIMEOUT', null, settings.pollingIntervalMs), place);
  }

  function answered({ answer, signature }: Reply & { kind: 'answer' }, { query, place }: Standing): Ticketed {
    const foreign = notOurs(answer, query);
    if (foreign) return { said: foreign, ticket: null };
    const said = toSaid(answer, { query, wanted: settings.wanted, agency: query.agency, signature });
    return { said, ticket: answer.status === 'COMP' ? null : writeTicket(place) };
  }
}

interface Step {
  readonly inquiry: Inquiry;
  readonly asking: Asking;
  readonly place: Place;
  readonly signal: AbortSignal;
}

interface Standing {
  readonly query: Query;
  readonly place: Place;
}

interface Keyed {
  readonly key: string;
  readonly send: (path: string, resultKey?: string) => Promise<Reply>;
}

/** A lost query is sent anew once; asked too often, we go on later; every other fault is the end. */
function faulted({ kind, said }: Fault, place: Place): Ticketed {
  if (kind === 'wait') return { said, ticket: writeTicket(place) };
  if (kind === 'lost' && !place.sentAnew) {
    return { said, ticket: writeTicket({ step: 'query', key: null, sentAnew: true }) };
  }
  return { said, ticket: null };
}
