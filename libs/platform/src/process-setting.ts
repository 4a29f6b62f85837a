import { join } from 'node:path';
import type { BoundKeyring } from './bound-keyring.ts';
import { describeConfigProblem } from './config-problem.ts';
import { readEnvironment, secretVariables, type Settings } from './environment.ts';
import type { Installation } from './installation.ts';
import { loadInstallation } from './load-installation.ts';
import { openKeys } from './open-keys.ts';
import { createSecrets } from './secrets.ts';
import type { Signer } from './signing/detached-jws.ts';
import { readReportSigner } from './signing/report-signer.ts';

/** What a gateway or worker that is a process of its own starts with. */
export type ProcessSetting = {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly installation: Installation;
  readonly keyring: BoundKeyring;
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
  const { databaseUrl, tokensFile, oidcIssuer } = settings;
  const [installation, keyring, signer] = await Promise.all([
    loadInstallation(settings),
    openKeys(settings),
    readReportSigner(secretsOf(settings)),
  ]);
  const problems = [
    ...(databaseUrl === null ? [databaseMissing] : []),
    ...(needsTokens && tokensFile === null && oidcIssuer === null ? [tokensMissing] : []),
    ...[installation, keyring].flatMap((each) => (each.ok ? [] : each.problems.map(describeConfigProblem))),
    ...(signer.ok ? [] : [signer.problem]),
  ];
  if (problems.length > 0 || databaseUrl === null || !installation.ok || !keyring.ok || !signer.ok) return { problems };
  return { settings, databaseUrl, installation: installation.values, keyring: keyring.values, signer: signer.signer };
}

/** Finds secrets where the settings say; made up and kept where simulators are allowed. */
export const secretsOf = ({ secretsDir, simulatorsAllowed, dataDir }: Settings): ReturnType<typeof createSecrets> =>
  createSecrets({
    variables: secretVariables(),
    secretsDir,
    generateIn: simulatorsAllowed ? join(dataDir, 'secrets') : null,
  });

/** The embedded database belongs to one process; processes of their own share one. */
const databaseMissing =
  'DATABASE_URL: expected postgres://user:password@host:port/database; set DATABASE_URL or DATABASE_URL_FILE, or start everything in one process with: npm start';
const tokensMissing =
  'CHAKONG_TOKENS_FILE: expected a file of token hashes, or a provider in CHAKONG_OIDC_ISSUER; without either nobody could sign in';
