import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { feedbackStorm, jobTwice } from './delivery.ts';
import { openCases } from './fault-case.ts';
import { type FaultPlace, startFaultPlace } from './fault-place.ts';
import { killedAll, killedGateway, killedMerge, killedWorker, stoppedUnderLoad, takenOver } from './processes.ts';
import { fullDisk, readOnlyPostgres, restartedPostgres, unreachablePostgres } from './stores.ts';

jest.setTimeout(180_000);

describe('faults with the queue on PostgreSQL', () => {
  let place: FaultPlace;
  const cases = openCases('postgres', () => place);
  beforeAll(async () => {
    place = await startFaultPlace({ engine: 'postgres' });
  });
  afterAll(async () => {
    cases.write();
    await place?.stop();
  });

  it('a worker dies', () => killedWorker(cases, place));
  it('the gateway dies between commit and enqueue', () => killedGateway(cases, place, () => lockedQueue(place)));
  it('the workers die in the middle of a merge', () => killedMerge(cases, place));
  it('everything dies', () => killedAll(cases, place));
  it('a worker is stopped and goes on', () => takenOver(cases, place));
  it('gateway and worker are told to leave', () => stoppedUnderLoad(cases, place));
  it('PostgreSQL is restarted', () => restartedPostgres(cases, place));
  it('PostgreSQL cannot be reached', () => unreachablePostgres(cases, place, 'hang'));
  it('PostgreSQL turns read-only', () => readOnlyPostgres(cases, place));
  it('the disk is full', () => fullDisk(cases, place));
  it('the same job comes twice', () => jobTwice(cases, place));
  it('the same feedback comes ten times', () => feedbackStorm(cases, place));
});

/** Nothing gets into the queue while its tables are locked; those of the store are free. */
async function lockedQueue({ postgres }: FaultPlace): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
  );
  await client.query('BEGIN');
  await client.query(`LOCK TABLE ${rows.map(({ name }) => name).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  return () => client.end();
}
