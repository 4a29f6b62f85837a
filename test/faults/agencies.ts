import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Fault, FaultRule } from '../../apps/simulator/src/index.ts';
import { atOnce } from '../e2e/court.ts';
import { eventually } from '../e2e/running-process.ts';
import type { openCases } from './fault-case.ts';
import { type FaultPlace, residentMb } from './fault-place.ts';
import { slowly } from './processes.ts';

type Cases = ReturnType<typeof openCases>;
type How = Pick<FaultRule, 'times' | 'afterMs'>;

const atAll = (fault: Fault, { times, afterMs }: How): FaultRule[] =>
  (['real-estate', 'vehicle'] as const).map((category) => ({ agencyId: null, category, fault, times, afterMs }));

interface Misbehaviour extends How {
  readonly name: string;
  readonly fault: Fault;
  readonly forMs: number;
  /** Calls about one request while it lasts; never more than the attempts of the channels. */
  readonly mostCalls?: number;
}

const attempts = 3; // of the channels in config/channels

/** Every registry and bureau misbehaves for a while, then works again. */
export const misbehaviours: readonly Misbehaviour[] = [
  { name: 'agencies hang', fault: 'hang', forMs: 3_500, times: null, afterMs: null },
  { name: 'agencies reset the connection mid-body', fault: 'reset', forMs: 2_000, times: null, afterMs: null },
  { name: 'agencies drip slowly', fault: 'slow-drip', forMs: 3_500, times: null, afterMs: 100 },
  { name: 'agencies storm with 5xx', fault: '5xx', forMs: 3_000, times: null, afterMs: null },
  { name: 'agencies say 429, Retry-After 3 s', fault: '429', forMs: 2_500, times: null, afterMs: 3_000, mostCalls: 1 },
  { name: 'agencies show a login page with 200', fault: 'html-login', forMs: 1_500, times: null, afterMs: null },
  { name: 'agencies send GBK as UTF-8', fault: 'wrong-encoding', forMs: 1_500, times: null, afterMs: null },
];

export const misbehaving = (cases: Cases, place: FaultPlace, each: Misbehaviour) =>
  cases.prove(
    { fault: each.name, injected: `all registries and bureaus, for ${each.forMs / 1_000} s`, ofBackend: false },
    async ({ ask }) => {
      await place.clearCalls();
      await place.setFaults(atAll(each.fault, each));
      await ask(2);
      await wait(each.forMs);
      const calls = Object.entries(await place.calls()).filter(([key]) => !key.startsWith('bank.'));
      expect(calls.length).toBeGreaterThan(0);
      expect(Math.max(...calls.map(([, count]) => count))).toBeLessThanOrEqual(each.mostCalls ?? attempts);
      await place.setFaults([]);
    },
  );

/** Banks drop packages that end in the middle: kept with their bytes, never taken for an answer. */
export const truncatedZip = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'a truncated ZIP', injected: 'every bank that exchanges files, once each', ofBackend: false },
    async ({ ask }) => {
      const banks = place.agencies.filter(({ channelId }) => channelId === 'bank-files');
      const hit = { category: null, fault: 'truncated', times: 1, afterMs: null } as const;
      await place.setFaults(banks.map(({ agencyId }) => ({ agencyId, ...hit })));
      const kept = async () => {
        const [row] = await place.query<{ count: number }>(
          `SELECT count(DISTINCT agency_id)::int AS count FROM quarantine WHERE channel_id = 'bank-files'`,
          [],
        );
        return row?.count;
      };
      await ask(2);
      await eventually('the packages in quarantine', async () => (await kept()) === banks.length);
      await place.setFaults([]);
    },
  );

const mostGrowthMb = 64;

/** Two hundred megabytes are promised and sent; what reads them must not keep them. */
export const flooding = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'a body of 200 MB', injected: 'one registry, three times', ofBackend: false },
    async ({ ask }) => {
      await ask(1); // warm
      await wait(1_000);
      const processes = [place.gateway, place.workers.first, place.workers.second].map((slot) => slot.now());
      const before = processes.map(residentMb);
      const growth = processes.map(() => 0);
      const [registry] = place.agencies.filter(({ category }) => category === 'real-estate');
      await place.setFaults([
        { agencyId: registry?.agencyId ?? '', category: null, fault: 'huge-body', times: 3, afterMs: null },
      ]);
      await ask(2);
      for (let look = 0; look < 40; look += 1) {
        processes.forEach((each, index) => {
          growth[index] = Math.max(growth[index] ?? 0, residentMb(each) - (before[index] ?? 0));
        });
        await wait(50);
      }
      expect(Math.max(...growth)).toBeLessThan(mostGrowthMb);
      await place.setFaults([]);
    },
  );

/** Whoever shows a certificate that we do not trust hears nothing of a debtor. */
export const untrusted = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    {
      fault: 'agencies show a certificate that is not trusted',
      injected: 'city registries, for 2 s',
      ofBackend: false,
    },
    async ({ ask }) => {
      await place.clearCalls();
      place.tls.trusted(false);
      await ask(2);
      await wait(2_000);
      const cities = place.agencies.filter(({ channelId }) => channelId === 'registry-city');
      const heard = Object.keys(await place.calls()).filter((key) =>
        cities.some(({ agencyId }) => key.startsWith(`${agencyId} `)),
      );
      expect({ cities: cities.length > 0, heard }).toEqual({ cities: true, heard: [] });
      place.tls.trusted(true);
    },
  );

const flips = 5;

export const flapping = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'breakers flap', injected: `down and up ${flips} times, every 0.8 s`, ofBackend: false },
    async ({ ask }) => {
      await place.clearCalls();
      for (let flip = 0; flip < flips; flip += 1) {
        await place.setFaults(atAll('down', { times: null, afterMs: null }));
        await ask(1);
        await wait(800);
        await place.setFaults([]);
        await ask(1);
        await wait(800);
      }
      const calls = Object.entries(await place.calls()).filter(([key]) => !key.startsWith('bank.'));
      // an agency that is back is asked again for what it missed, twice at most
      expect(calls.filter(([, count]) => count > attempts * 3)).toEqual([]);
    },
  );

const crowd = 150;
const mostCrowdGrowthMb = 160;

/** Ten times of what has room: intake refuses before anything is accepted, and what it accepted is finished. */
export const overloaded = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: '10 × overload', injected: `${crowd} inquiries at once, room for 15`, ofBackend: false },
    async ({ people, adopt }) => {
      const bodies = await atOnce(8, people(crowd), async (person) => ({
        person,
        body: await place.court.inquiryBody(person),
      }));
      const processes = [place.gateway, place.workers.first, place.workers.second].map((slot) => slot.now());
      const before = processes.map(residentMb);
      await place.setFaults(slowly(1_500));
      const replies = await atOnce(crowd, bodies, async ({ person, body }, index) => {
        const headers = { 'idempotency-key': `overload-${index}-0123456789` };
        return { person, reply: await place.court.request('POST', 'inquiries', { body, headers }) };
      });
      const accepted = replies.filter(({ reply }) => reply.status === 202);
      const refused = replies.filter(({ reply }) => reply.status !== 202).map(({ reply }) => reply);
      for (const { person, reply } of accepted) adopt(reply.json().inquiryId, person);
      expect(accepted.length).toBeGreaterThan(0);
      expect(refused.length).toBeGreaterThan(crowd / 2);
      expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
      expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
      expect(new Set(refused.map((reply) => reply.json().code))).toEqual(new Set(['overloaded']));
      const [stored] = await place.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM inquiries WHERE debtor_id = ANY($1)`,
        [bodies.map(({ body }) => body['debtorId'])],
      );
      expect(stored?.count).toBe(accepted.length);
      const growth = processes.map((each, index) => residentMb(each) - (before[index] ?? 0));
      expect(Math.max(...growth)).toBeLessThan(mostCrowdGrowthMb);
      await place.setFaults([]);
    },
  );

const hourMs = 3_600_000;

/** One host's clock is wrong: the other worker, the gateway and the database go on with the right one. */
export const jumpingClock = (cases: Cases, place: FaultPlace, direction: 1 | -1) =>
  cases.prove(
    {
      fault: `clock jump of one hour ${direction > 0 ? 'forwards' : 'back'}`,
      injected: 'first worker, asks in progress, for 4 s',
      ofBackend: false,
    },
    async ({ ask }) => {
      await place.setFaults(slowly(600));
      await ask(2);
      place.shiftClock(direction * hourMs);
      await ask(2);
      await wait(4_000);
      place.shiftClock(0);
      await place.setFaults([]);
    },
  );
