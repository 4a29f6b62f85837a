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

/** Everything the gateway reads before it starts, or everything that is wrong with it, one line each and never a value. */
export async function readSetting(): Promise<Setting | { readonly problems: readonly string[] }> {
  const read = readEnvironment();
  if (!read.ok)
    return {
      problems: read.problems.map(
        ({ key, expected, from, fix }) => `${key}: expected ${expected} (from ${from}); ${fix}`,
      ),
    };
  const { settings } = read;
  const { databaseUrl, encryptionKeysFile, dataDir } = settings;
  const keysFile = encryptionKeysFile ?? join(dataDir, 'keys.json');
  if (encryptionKeysFile === null && settings.simulatorsAllowed) await generateKeyring(keysFile);
  const [installation, keyring] = await Promise.all([loadInstallation(settings), loadKeyring(keysFile)]);
  const problems = [
    ...(databaseUrl === null ? [databaseMissing] : []),
    ...(settings.tokensFile === null ? [tokensMissing] : []),
    ...[installation, keyring].flatMap((each) => (each.ok ? [] : each.problems.map(describeConfigProblem))),
  ];
  if (problems.length > 0 || databaseUrl === null || !installation.ok || !keyring.ok) return { problems };
  return { settings, databaseUrl, installation: installation.values, keyring: keyring.values };
}

const databaseMissing =
  'DATABASE_URL: expected postgres://user:password@host:port/database; set DATABASE_URL or DATABASE_URL_FILE, or start everything in one process with: npm start';
const tokensMissing = 'CHAKONG_TOKENS_FILE: expected a file of token hashes; without one nobody could sign in';
