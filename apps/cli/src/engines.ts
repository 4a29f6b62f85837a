import type { BoundKeyring, Log, Settings, Signer } from '#platform';
import { startEmbeddedPostgres } from '#store';
import { openEngines, type Engines } from '../../worker/src/index.ts';

export interface EmbeddedEngines extends Engines {
  readonly words: string; // which engines, for people
  close(): Promise<void>;
}

interface EngineSetting {
  readonly settings: Settings;
  readonly keyring: BoundKeyring;
  readonly signer: Signer;
  readonly channelIds: readonly string[];
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Store and queue: on the embedded PostgreSQL unless DATABASE_URL and QUEUE_URL name others. */
export async function openEmbeddedEngines(setting: EngineSetting): Promise<EmbeddedEngines> {
  const { settings, log, signal } = setting;
  const { databaseUrl: given, databasePort, dataDir } = settings;
  const startedAt = performance.now();
  const embedded = given === null ? await startEmbeddedPostgres({ dataDir, port: databasePort, signal, log }) : null;
  const databaseUrl = embedded?.url ?? given;
  if (databaseUrl === null) throw new Error('there is no database');
  try {
    const { store, queue, clock } = await openEngines({ ...setting, databaseUrl });
    const place = embedded
      ? `embedded PostgreSQL on port ${embedded.port}, data in ${embedded.location}`
      : 'PostgreSQL of DATABASE_URL';
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    return {
      store,
      queue,
      clock,
      words: `${place}; queue in ${queue.engine === 'redis' ? 'Redis' : 'the same PostgreSQL'} (${seconds} s)`,
      async close() {
        await queue.close();
        await store.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
