import {
  type BoundKeyring,
  describeConfigProblem,
  type Installation,
  loadInstallation,
  openKeys,
  readEnvironment,
  readReportSigner,
  type Settings,
  type Signer,
  type TextsByVariable,
} from '#platform';
import { CliError, exitCodes } from './exit-codes.ts';

/** Reads all settings, or names everything that is wrong with them at once. */
export function readSettings(flags: TextsByVariable, defaults: TextsByVariable): Settings {
  const read = readEnvironment(undefined, flags, defaults);
  if (read.ok) return read.settings;
  const lines = read.problems.map(
    ({ key, expected, from, fix }) => `  ${key}: expected ${expected} (from ${from})\n    ${fix}`,
  );
  throw new CliError('settings', `${read.problems.length} settings are wrong:\n${lines.join('\n')}`, {
    exitCode: exitCodes.usage,
    fix: 'Correct them and start again; chakong config print shows every setting.',
  });
}

/** Reads the configuration's files, or names everything that is wrong in them at once. */
export async function readInstallation(settings: Settings): Promise<Installation> {
  const loaded = await loadInstallation(settings);
  if (loaded.ok) return loaded.values;
  throw new CliError(
    'configuration',
    `${loaded.problems.length} things are wrong in the configuration:\n${loaded.problems.map((each) => `  ${describeConfigProblem(each)}`).join('\n')}`,
    {
      exitCode: exitCodes.usage,
      fix: 'Correct the files and start again; chakong config check looks at them without starting anything.',
    },
  );
}

/** The keys of this installation, or what is wrong with them. */
export async function readKeys(settings: Settings): Promise<BoundKeyring> {
  const keys = await openKeys(settings);
  if (keys.ok) return keys.values;
  throw new CliError(
    'keys',
    `The encryption keys cannot be used:\n${keys.problems.map((each) => `  ${describeConfigProblem(each)}`).join('\n')}`,
    {
      exitCode: exitCodes.usage,
      fix: 'Mend the file, or point CHAKONG_ENCRYPTION_KEYS_FILE elsewhere.',
    },
  );
}

/** The key that signs reports. @throws CliError `keys` when it cannot be used */
export async function readSigner(secret: Parameters<typeof readReportSigner>[0]): Promise<Signer> {
  const read = await readReportSigner(secret);
  if (read.ok) return read.signer;
  throw new CliError('keys', read.problem, {
    exitCode: exitCodes.usage,
    fix: 'Mount another key, or take it away: the demo makes one up.',
  });
}
