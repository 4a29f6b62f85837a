import type { BoundKeyring } from './bound-keyring.ts';
import { describeConfigProblem } from './config-problem.ts';
import { readEnvironment, type Settings } from './environment.ts';
import type { Installation } from './installation.ts';
import { loadInstallation } from './load-installation.ts';
import { openKeys } from './open-keys.ts';

/** What a gateway or worker that is a process of its own starts with. */
export type ProcessSetting = {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly installation: Installation;
  readonly keyring: BoundKeyring;
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
  const [installation, keyring] = await Promise.all([loadInstallation(settings), openKeys(settings)]);
  const problems = [
    ...(databaseUrl === null ? [databaseMissing] : []),
    ...(needsTokens && tokensFile === null && oidcIssuer === null ? [tokensMissing] : []),
    ...[installation, keyring].flatMap((each) => (each.ok ? [] : each.problems.map(describeConfigProblem))),
  ];
  if (problems.length > 0 || databaseUrl === null || !installation.ok || !keyring.ok) return { problems };
  return { settings, databaseUrl, installation: installation.values, keyring: keyring.values };
}

/** The embedded database belongs to one process; processes of their own share one. */
const databaseMissing =
  'DATABASE_URL: expected postgres://user:password@host:port/database; set DATABASE_URL or DATABASE_URL_FILE, or start everything in one process with: npm start';
const tokensMissing =
  'CHAKONG_TOKENS_FILE: expected a file of token hashes, or a provider in CHAKONG_OIDC_ISSUER; without either nobody could sign in';
