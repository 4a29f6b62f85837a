import { type ClientOptions, type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { type ControlCommand, type ControlPlace, controlPatterns, readControlUrl } from '#contracts';
import { errorCode, type Log } from '#platform';
import { lastValueFrom, timeout } from 'rxjs';
import type { AdapterBoard, AliveWorker } from '../agencies/adapter-board.ts';

/** The gateway's end of the control channel towards the workers. */
export interface WorkerCommands {
  /** How many workers have taken it. The others learn it from the database at their next heartbeat. */
  tell(command: ControlCommand): Promise<number>;
  close(): Promise<void>;
}

interface CommandOptions {
  readonly place: ControlPlace;
  readonly board: Pick<AdapterBoard, 'workers'>;
  readonly log: Log;
}

/** Over Redis a question to a worker that is gone would hang: every one has a deadline. */
const deadlineMs = 2_000;

export function openWorkerCommands({ place, board, log }: CommandOptions): WorkerCommands {
  const clients = new Map<string, ClientProxy>();
  const clientOf = ({ control, workerId }: AliveWorker): ClientProxy => {
    const key = place.kind === 'redis' ? 'redis' : (control ?? workerId);
    const client = clients.get(key) ?? ClientProxyFactory.create(optionsFor(place, control));
    clients.set(key, client);
    return client;
  };
  const tellOne = async (worker: AliveWorker, command: ControlCommand): Promise<boolean> => {
    try {
      await lastValueFrom(
        clientOf(worker).send(controlPatterns.command(worker.workerId), command).pipe(timeout(deadlineMs)),
      );
      return true;
    } catch (error) {
      log.warn('control.command-lost', { workerId: worker.workerId, command: command.command, code: errorCode(error) });
      return false;
    }
  };
  return {
    async tell(command) {
      const taken = await Promise.all((await board.workers()).map((worker) => tellOne(worker, command)));
      return taken.filter(Boolean).length;
    },
    async close() {
      for (const client of clients.values()) await client.close();
    },
  };
}

function optionsFor(place: ControlPlace, control: string | null): ClientOptions {
  if (place.kind === 'redis') return redisOptions(place);
  const worker = control === null ? null : readControlUrl(control);
  const { host, port } = worker?.kind === 'tcp' ? worker : place;
  return { transport: Transport.TCP, options: { host, port } };
}

/** Options of Redis, for servers and clients alike. */
export function redisOptions({ host, port, username, password, tls }: Extract<ControlPlace, { kind: 'redis' }>) {
  const login = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
  return {
    transport: Transport.REDIS as const,
    options: { host, port, ...login, ...(tls ? { tls: {} } : {}), retryAttempts: 1_000_000, retryDelay: 1_000 },
  };
}
