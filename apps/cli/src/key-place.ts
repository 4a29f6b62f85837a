import { createLog, type Log, type Settings } from '#platform';
import { startEmbeddedPostgres } from '#store';
import { readSettings } from './settings.ts';

export interface KeyPlace {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly log: Log;
  close(): Promise<void>;
}

/** The database whose keys are meant: that of DATABASE_URL, or the embedded one, which no other process may be using. */
export async function openKeyPlace(signal: AbortSignal): Promise<KeyPlace> {
  const settings = readSettings({}, { CHAKONG_PROFILE: 'demo', CHAKONG_LOG_LEVEL: 'error' });
  const { databaseUrl, dataDir, logLevel: level, logPretty: pretty } = settings;
  const log = createLog({ service: 'keys', version: '0.1.0', level, pretty });
  if (databaseUrl !== null) return { settings, databaseUrl, log, close: () => Promise.resolve() };
  const embedded = await startEmbeddedPostgres({ dataDir, signal, log });
  return { settings, databaseUrl: embedded.url, log, close: () => embedded.stop() };
}
