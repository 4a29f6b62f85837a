import type { Adapter, AdapterPorts, AdapterSession, Asking, Inquiry, Ticketed } from '#contracts';
import { openExchange } from './exchange.ts';
import { keyed, resulting } from './keys.ts';
import { queryOf } from './query.ts';
import { repeated, type Standing } from './repeat.ts';
import { settingsSchema, type RegisterSettings } from './settings.ts';
import { readTicket, type Place } from './ticket.ts';

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

interface Step {
  readonly inquiry: Inquiry;
  readonly asking: Asking;
  readonly place: Place;
  readonly signal: AbortSignal;
}

const start: Place = { key: null, sentAnew: false };

function openSession(ports: AdapterPorts<RegisterSettings>): AdapterSession {
  const { settings } = ports;
  const exchange = openExchange(ports);
  const take = async ({ inquiry, asking, place, signal }: Step): Promise<Ticketed> => {
    const query = queryOf(inquiry, asking, settings);
    const standing: Standing = {
      query,
      place,
      settings,
      send: (path, resultKey) =>
        exchange({ path, query, http: asking.http, signal, ...(resultKey !== undefined && { resultKey }) }),
    };
    if (settings.flow === 'repeat') return repeated(standing);
    return place.key === null ? keyed(standing) : resulting(standing, place.key);
  };
  return {
    submit: (inquiry, asking, signal) => take({ inquiry, asking, place: start, signal }),
    async collect(inquiry, asking, signal) {
      return take({ inquiry, asking, place: readTicket(asking.ticket), signal });
    },
  };
}
