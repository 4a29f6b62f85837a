import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from '../e2e/running-process.ts';
import { atOnce } from '../e2e/court.ts';
import type { openCases } from './fault-case.ts';
import type { FaultPlace } from './fault-place.ts';

type Cases = ReturnType<typeof openCases>;

/** Every call agency takes this long, so that a fault finds asks in progress. */
export const slowly = (afterMs: number) =>
  (['real-estate', 'vehicle'] as const).map((category) => ({
    agencyId: null,
    category,
    fault: 'late' as const,
    times: null,
    afterMs,
  }));

export const killedWorker = (cases: Cases, place: FaultPlace) =>
  cases.prove({ fault: 'kill -9 of a worker mid-shard', injected: 'asks in progress, twice' }, async ({ ask }) => {
    await place.setFaults(slowly(800));
    await ask(4);
    for (const name of ['first', 'second'] as const) {
      const slot = place.workers[name];
      await wait(400);
      await slot.now().kill();
      slot.start();
      await slot.ready();
    }
    await place.setFaults([]);
  });

export const killedGateway = (cases: Cases, place: FaultPlace, holdQueue: () => Promise<() => Promise<void>>) =>
  cases.prove(
    { fault: 'kill -9 of the gateway between commit and enqueue', injected: 'inquiry stored, queue out of reach' },
    async ({ people, adopt }) => {
      const persons = people(2);
      const bodies = await atOnce(2, persons, async (person) => ({
        person,
        body: await place.court.inquiryBody(person),
        headers: { 'idempotency-key': randomUUID() },
      }));
      const stored = async () =>
        (await place.query<{ count: string }>('SELECT count(*) FROM inquiries'))[0]?.count ?? '0';
      const before = Number(await stored());
      const release = await holdQueue();
      const posts = bodies.map(({ body, headers }) =>
        place.court.request('POST', 'inquiries', { body, headers }).catch(() => null),
      );
      await eventually('stored', async () => Number(await stored()) === before + bodies.length);
      await place.gateway.now().kill();
      expect((await Promise.all(posts)).filter((reply) => reply !== null)).toEqual([]); // nobody was told anything
      await release();
      place.gateway.start();
      await place.gateway.ready();
      for (const { person, body, headers } of bodies) {
        const reply = await place.court.request('POST', 'inquiries', { body, headers });
        expect([reply.status, reply.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
        adopt(reply.json().inquiryId, person);
      }
    },
  );

export const killedAll = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'kill -9 of all processes at once', injected: 'asks in progress; store and queue too' },
    async ({ ask }) => {
      await place.setFaults(slowly(500));
      await ask(4);
      await wait(200);
      const slots = [place.gateway, place.workers.first, place.workers.second];
      place.postgres.killServer();
      await Promise.all([...slots.map((slot) => slot.now().kill()), place.redis?.server.kill()]);
      await place.redis?.server.restart();
      await eventually('the database is back', () => place.query('SELECT 1').catch(() => null));
      for (const slot of slots) slot.start();
      for (const slot of slots) await slot.ready();
      await place.setFaults([]);
    },
  );

/** Both workers die with a report merged and not yet written: the version is written once, by whoever comes after. */
export const killedMerge = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'kill -9 of the workers half-way through a merge', injected: 'report merged, not yet stored' },
    async ({ ask }) => {
      const holder = new Client({ connectionString: place.postgres.url });
      await holder.connect();
      try {
        await holder.query('BEGIN');
        await holder.query('LOCK TABLE reports IN SHARE MODE'); // read by all, written by nobody
        await ask(2);
        await eventually('a version waits to be written', async () => {
          const waiting = await place.query(
            "SELECT 1 FROM pg_locks WHERE relation = 'reports'::regclass AND mode = 'RowExclusiveLock' AND NOT granted",
          );
          return waiting.length > 0;
        });
        const slots = [place.workers.first, place.workers.second];
        await Promise.all(slots.map((slot) => slot.now().kill()));
        for (const slot of slots) slot.start();
        await holder.query('ROLLBACK');
        for (const slot of slots) await slot.ready();
      } finally {
        await holder.end();
      }
    },
  );

/** The one who is stopped takes itself to be the owner when it goes on; its answers come too late. */
export const takenOver = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'stalled job taken over while the first worker lives', injected: 'SIGSTOP for 8 s, then SIGCONT' },
    async ({ ask }) => {
      const { first, second } = place.workers;
      await place.setFaults(slowly(1_500));
      place.doors.network.lead([place.doors.ports.second]);
      place.doors.network.cut();
      await ask(6);
      await wait(500);
      process.kill(first.now().pid, 'SIGSTOP');
      await place.setFaults([]);
      await wait(8_000);
      process.kill(first.now().pid, 'SIGCONT');
      await eventually('late writes were refused', async () => first.now().stderr().includes('"shard.lost"'));
      place.doors.network.lead([place.doors.ports.first, place.doors.ports.second]);
      await second.ready();
    },
  );

export const stoppedUnderLoad = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'SIGTERM of gateway and worker under load', injected: 'asks in progress, a stream open' },
    async ({ ask }) => {
      await place.setFaults(slowly(2_500));
      const [inquiryId = ''] = await ask(6);
      const stream = streamOf(place, inquiryId);
      await wait(300);
      const { gateway, workers } = place;
      const leaving = workers.first.now();
      const loggedBefore = leaving.stderr().length;
      const ending = [gateway.now().stop(), leaving.stop()];
      const late = [streamOf(place, inquiryId)]; // whoever comes while it is leaving is not refused either
      const early: number[] = [];
      for (let look = 0; look < 5; look += 1) {
        early.push((await place.court.request('GET', `inquiries/${inquiryId}`)).status);
        await wait(100); // the delay before anything closes is 1 s
      }
      expect(early).toEqual([200, 200, 200, 200, 200]);
      const texts = await Promise.all([stream, ...late]);
      expect(texts.map((text) => text.trimEnd().endsWith('retry: 1000'))).toEqual([true, true]);
      expect(await Promise.all(ending)).toEqual([
        { code: 0, signal: null },
        { code: 0, signal: null },
      ]);
      // what it could not finish was handed back: no attempt is used up, and nobody waits for a lock to end
      expect(leaving.stderr().slice(loggedBefore)).not.toMatch(/"job\.failed"|"closer\.late"/);
      gateway.start();
      workers.first.start();
      await place.setFaults([]);
      await gateway.ready();
      await workers.first.ready();
    },
  );

async function streamOf(place: FaultPlace, inquiryId: string): Promise<string> {
  const reply = await place.court.request('GET', `inquiries/${inquiryId}/events`);
  expect(reply.status).toBe(200);
  return reply.text;
}
