import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { eventually } from '../e2e/running-process.ts';
import type { openCases } from './fault-case.ts';
import type { FaultPlace } from './fault-place.ts';
import { slowly } from './processes.ts';

type Cases = ReturnType<typeof openCases>;

export const restartedPostgres = (cases: Cases, place: FaultPlace) =>
  cases.prove({ fault: 'PostgreSQL killed and restarted', injected: 'asks in progress' }, async ({ ask }) => {
    await place.setFaults(slowly(600));
    await ask(4);
    await wait(300);
    place.postgres.killServer();
    await wait(200);
    await eventually('the database is back', () => place.query('SELECT 1').catch(() => null));
    await place.setFaults([]);
  });

/** `hang` is a network that drops packets, `refuse` a server that is gone. */
export const unreachablePostgres = (cases: Cases, place: FaultPlace, how: 'hang' | 'refuse') =>
  cases.prove({ fault: `PostgreSQL unreachable (${how})`, injected: 'asks in progress, for 20 s' }, async ({ ask }) => {
    await place.setFaults(slowly(600));
    await ask(4);
    await wait(300);
    place.postgres.network.set(how);
    await wait(20_000);
    await place.setFaults([]);
    place.postgres.network.set('pass');
  });

/** Class 53 as a full disk raises it, for every append to the journal. */
export const fullDisk = (cases: Cases, place: FaultPlace) =>
  cases.prove({ fault: 'disk full (SQLSTATE 53100)', injected: 'every journal write, for 4 s' }, async ({ ask }) => {
    await place.query(`CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$`);
    await place.query('CREATE TRIGGER disk_full BEFORE INSERT ON answers FOR EACH ROW EXECUTE FUNCTION disk_full()');
    await ask(4);
    await wait(4_000);
    await place.query('DROP FUNCTION disk_full CASCADE');
  });

export const restartedRedis = (cases: Cases, place: FaultPlace, keepData: boolean) =>
  cases.prove(
    {
      fault: `Redis killed and restarted ${keepData ? 'with' : 'without'} its data`,
      injected: 'asks in progress, for 0.5 s',
    },
    async ({ ask }) => {
      await place.setFaults(slowly(600));
      await ask(4);
      await wait(300);
      await place.redis?.server.kill();
      await wait(500);
      await place.redis?.server.restart(keepData);
      await place.setFaults([]);
    },
  );

export const unreachableRedis = (cases: Cases, place: FaultPlace) =>
  cases.prove({ fault: 'Redis unreachable (hang)', injected: 'asks in progress, for 30 s' }, async ({ ask }) => {
    await place.setFaults(slowly(600));
    await ask(2);
    await wait(300);
    place.redis?.network.set('hang');
    await Promise.all([wait(30_000), ask(2)]); // what is asked now is taken all the same: the reconciler makes its jobs
    await place.setFaults([]);
    place.redis?.network.set('pass');
  });

/** A failover that left everybody connected to a standby: what is read is there, and nothing can be written. */
export const readOnlyPostgres = (cases: Cases, place: FaultPlace) =>
  cases.prove({ fault: 'PostgreSQL turns read-only', injected: 'asks in progress, for 4 s' }, async ({ ask }) => {
    await place.setFaults(slowly(600));
    await ask(4);
    await wait(300);
    await readOnly(place, 'on');
    await wait(4_000);
    await readOnly(place, 'off');
    await place.setFaults([]);
  });

/** Whoever is connected is cut off; what connects from then on may write, or may only read. */
const readOnly = (place: FaultPlace, value: 'on' | 'off') =>
  place.query(`BEGIN READ WRITE;
    DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ${value}', current_database()); END $$;
    COMMIT;
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user`);

/** The queue became a replica of a master that is gone: it refuses writes, and takes them again when it is promoted. */
export const readOnlyRedis = (cases: Cases, place: FaultPlace) =>
  cases.prove(
    { fault: 'Redis turns into a read-only replica', injected: 'asks in progress, for 4 s' },
    async ({ ask }) => {
      const admin = new Redis(place.redis?.server.url ?? '');
      try {
        await place.setFaults(slowly(600));
        await ask(2);
        await wait(300);
        await admin.replicaof('127.0.0.1', 1);
        await Promise.all([wait(4_000), ask(2)]); // intake goes on: the reconciler makes the jobs afterwards
      } finally {
        await admin.replicaof('NO', 'ONE');
        admin.disconnect();
      }
      await place.setFaults([]);
    },
  );
