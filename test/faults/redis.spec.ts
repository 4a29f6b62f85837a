import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { redisIsInstalled, redisMissing } from '../integration/redis-server.ts';
import { jobTwice } from './delivery.ts';
import { openCases } from './fault-case.ts';
import { type FaultPlace, startFaultPlace } from './fault-place.ts';
import { killedAll, killedGateway, killedWorker, stoppedUnderLoad, takenOver } from './processes.ts';
import {
  fullDisk,
  readOnlyRedis,
  restartedPostgres,
  restartedRedis,
  unreachablePostgres,
  unreachableRedis,
} from './stores.ts';

jest.setTimeout(180_000);

const isInstalled = redisIsInstalled();
if (!isInstalled) process.stderr.write(`${redisMissing}\n`);

(isInstalled ? describe : describe.skip)('faults with the queue on Redis', () => {
  let place: FaultPlace;
  const cases = openCases('redis', () => place);
  beforeAll(async () => {
    place = await startFaultPlace({ engine: 'redis' });
  });
  afterAll(async () => {
    cases.write();
    await place?.stop();
  });

  it('a worker dies', () => killedWorker(cases, place));
  it('the gateway dies between commit and enqueue', () =>
    killedGateway(cases, place, async () => {
      place.redis?.network.set('hang');
      return async () => place.redis?.network.set('pass');
    }));
  it('everything dies', () => killedAll(cases, place));
  it('a worker is stopped and goes on', () => takenOver(cases, place));
  it('gateway and worker are told to leave', () => stoppedUnderLoad(cases, place));
  it('Redis comes back with its data', () => restartedRedis(cases, place, true));
  it('Redis comes back without its data', () => restartedRedis(cases, place, false));
  it('Redis cannot be reached', () => unreachableRedis(cases, place));
  it('Redis turns into a read-only replica', () => readOnlyRedis(cases, place));
  it('PostgreSQL is restarted', () => restartedPostgres(cases, place));
  it('PostgreSQL cannot be reached', () => unreachablePostgres(cases, place, 'refuse'));
  it('the disk is full', () => fullDisk(cases, place));
  it('the same job comes twice', () => jobTwice(cases, place));
});
