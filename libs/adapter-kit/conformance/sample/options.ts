import iconv from 'iconv-lite';
import { agencyOf } from '../given.ts';
import type { TrialOptions } from '../trial.ts';

const agencies = [
  agencyOf({ agencyId: 'bank.sample', code: 'B001', category: 'bank' }),
  agencyOf({ agencyId: 'bank.other', code: 'B002', category: 'bank' }),
];

export const hubOptions: TrialOptions = {
  folder: new URL('sample-hub/', import.meta.url),
  settings: { court: 'court-9901' },
  agencies,
  secrets: {},
};

export const deskOptions: TrialOptions = { ...hubOptions, folder: new URL('sample-desk/', import.meta.url) };

const secrets: Readonly<Record<string, string>> = { B001: 'secret-one', B002: 'secret-two' };

export const boxOptions: TrialOptions = {
  folder: new URL('sample-box/', import.meta.url),
  settings: { door: '/doors/sample-box' },
  agencies,
  secrets,
  fetchTasks: { operation: 'fetch', body: '' },
  encodeDoorCall({ operation, body, agencyId, login }) {
    const code = agencies.find((each) => each.agencyId === agencyId)?.code ?? '';
    const password = login === 'right' ? (secrets[code] ?? '') : 'wrong';
    return {
      method: 'POST',
      path: '/doors/sample-box',
      headers: { operation, login: `${code}:${password}` },
      body: iconv.encode(body, 'gbk'),
    };
  },
  decodeDoorReply: ({ body }) => iconv.decode(body, 'gbk'),
};
