import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AuditEntry, auditEntrySchema, courtTree } from '#contracts';
import type { FastifyRequest } from 'fastify';
import { callerFor, rememberCaller } from '../access/caller.ts';
import { openDenials } from './denials.ts';

const officer = {
  ...{ userId: 'usr_a', name: '甲', courtCode: '1', courtName: '一', roles: ['officer' as const], agencyIds: [] },
  ...{ phone: null, workCardNo: null, workCardFile: null, dutyCardNo: null, dutyCardFile: null },
  courts: courtTree([]),
};
const request = (url: string, userId: string | null = 'usr_a'): FastifyRequest => {
  const made = { method: 'GET', routeOptions: { url }, ip: '10.0.0.1', headers: {} } as unknown as FastifyRequest;
  if (userId !== null) rememberCaller(made, callerFor({ ...officer, userId }, { via: 'tok_a', scopes: null }));
  return made;
};

let recorded: AuditEntry[];
const open = () =>
  openDenials({
    ledger: {
      record: async (entry) => {
        recorded.push(auditEntrySchema.parse(entry));
        return { seq: recorded.length, hash: '' };
      },
    },
    log: { warn: () => {} },
  });
const told = () => recorded.map(({ actor, detail }) => `${actor.userId} ${detail['route']} ${detail['count']}`);

describe('refused acts', () => {
  beforeEach(() => {
    recorded = [];
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  it('are written once per person, operation and minute, with how often', async () => {
    const denials = open();
    for (let n = 0; n < 5; n += 1) denials.tell(request('/a'), 'not-allowed');
    denials.tell(request('/a', 'usr_b'), 'not-allowed');
    denials.tell(request('/b'), 'not-allowed');
    expect(told()).toEqual(['usr_a /a 1', 'usr_b /a 1', 'usr_a /b 1']);
    expect(recorded[0]).toMatchObject({ action: 'access.denied', result: 'refused', address: '10.0.0.1' });
    jest.advanceTimersByTime(60_000);
    expect(told().slice(3)).toEqual(['usr_a /a 4']);
    denials.tell(request('/a'), 'not-allowed');
    expect(told()).toHaveLength(4);
    jest.advanceTimersByTime(60_000);
    expect(told().slice(4)).toEqual(['usr_a /a 1']);
    jest.advanceTimersByTime(60_000);
    expect(told()).toHaveLength(5);
    await denials.close();
  });

  it('that are still counted are written at the end, and nobody unknown is', async () => {
    const denials = open();
    denials.tell(request('/a'), 'not-allowed');
    denials.tell(request('/a'), 'own-draft');
    denials.tell(request('/a', null), 'not-allowed');
    await denials.close();
    expect(told()).toEqual(['usr_a /a 1', 'usr_a /a 1']);
  });
});
