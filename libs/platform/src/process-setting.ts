import { join } from 'node:path';
import { describeConfigProblem } from './config-problem.ts';
import { readEnvironment, secretVariables, type Settings } from './environment.ts';
import type { Installation } from './installation.ts';
import { loadInstallation } from './load-installation.ts';
import { generateKeyring, type Keyring, loadKeyring } from './keyring.ts';
import { createSecrets } from './secrets.ts';
import { readReportSigner } from './signing/report-signer.ts';
import type { Signer } from './signing/detached-jws.ts';

/** What a gateway or worker that is a process of its own starts with. */
export type ProcessSetting = {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly installation: Installation;
  readonly keyring: Keyring;
  readonly signer: Signer; // of reports and exports
};

/** Everything such a process reads before it starts, or everything that is wrong with it, a line each and never a value. */
export async function readProcessSetting({
  needsTokens,
}: {
  readonly needsTokens: boolean;
}): Promise<ProcessSetting | { readonly problems: readonly string[] }> {
  const read = readEnvironment();
  if (!read.ok) {
    const said = read.problems.map(
      ({ key, expected, from, fix }) => `${key}: expected ${expected} (from ${from}); ${fix}`,
    );
    return { problems: said };
  }
  const { settings } = read;
  const { databaseUrl, encryptionKeysFile, dataDir } = settings;
  const keysFile = encryptionKeysFile ?? join(dataDir, 'keys.json');
  if (encryptionKeysFile === null && settings.simulatorsAllowed) await generateKeyring(keysFile);
  const [installation, keyring, signer] = await Promise.all([
    loadInstallation(settings),
    loadKeyring(keysFile),
    readReportSigner(secretsOf(settings)),
  ]);
  const problems = [
    ...(databaseUrl === null ? [databaseMissing] : []),
    ...(needsTokens && settings.tokensFile === null ? [tokensMissing] : []),
    ...[installation, keyring].flatMap((each) => (each.ok ? [] : each.problems.map(describeConfigProblem))),
    ...(signer.ok ? [] : [signer.problem]),
  ];
  if (problems.length > 0 || databaseUrl === null || !installation.ok || !keyring.ok || !signer.ok) return { problems };
  return { settings, databaseUrl, installation: installation.values, keyring: keyring.values, signer: signer.signer };
}

const secretsOf = ({ secretsDir, simulatorsAllowed, dataDir }: Settings): ReturnType<typeof createSecrets> =>
  createSecrets({
    variables: secretVariables(),
    secretsDir,
    generateIn: simulatorsAllowed ? join(dataDir, 'secrets') : null,
  });

/** The embedded database belongs to one process; processes of their own share one. */
const databaseMissing =
  'DATABASE_URL: expected postgres://user:password@host:port/database; set DATABASE_URL or DATABASE_URL_FILE, or start everything in one process with: npm start';
const tokensMissing = 'CHAKONG_TOKENS_FILE: expected a file of token hashes; without one nobody could sign in';
