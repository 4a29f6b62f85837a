import { join } from 'node:path';
import {
  describeConfigProblem,
  generateKeyring,
  type Installation,
  type Keyring,
  loadInstallation,
  loadKeyring,
  readEnvironment,
  type Settings,
} from '#platform';

export interface Setting {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly installation: Installation;
  readonly keyring: Keyring;
}

/** Everything a worker reads before it starts, or everything that is wrong with it, one line each and never a value. */
export async function readSetting(): Promise<Setting | { readonly problems: readonly string[] }> {
  const read = readEnvironment();
  if (!read.ok) {
    return {
      problems: read.problems.map(
        ({ key, expected, from, fix }) => `${key}: expected ${expected} (from ${from}); ${fix}`,
      ),
    };
  }
  const { settings } = read;
  const { databaseUrl, encryptionKeysFile, dataDir } = settings;
  const keysFile = encryptionKeysFile ?? join(dataDir, 'keys.json');
  if (encryptionKeysFile === null && settings.simulatorsAllowed) await generateKeyring(keysFile);
  const [installation, keyring] = await Promise.all([loadInstallation(settings), loadKeyring(keysFile)]);
  const problems = [
    ...(databaseUrl === null ? [databaseMissing] : []),
    ...[installation, keyring].flatMap((each) => (each.ok ? [] : each.problems.map(describeConfigProblem))),
  ];
  if (databaseUrl === null || !installation.ok || !keyring.ok) return { problems };
  return { settings, databaseUrl, installation: installation.values, keyring: keyring.values };
}

/** The embedded database belongs to one process; a worker of its own shares one with the gateway. */
const databaseMissing =
  'DATABASE_URL: expected postgres://user:password@host:port/database; set DATABASE_URL or DATABASE_URL_FILE, or start everything in one process with: npm start';
