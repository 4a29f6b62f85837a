import { join } from 'node:path';
import {
  type Agency,
  agencySchema,
  type ChannelConfig,
  channelConfigSchema,
  type RegisteredOfficer,
  registeredOfficerSchema,
  type TokenEntry,
  tokenEntrySchema,
} from '#contracts';
import { z } from 'zod';
import type { ConfigProblem, Loaded } from './config-problem.ts';
import { loadAgencies, loadChannels, loadOfficers } from './configuration.ts';
import type { Settings } from './environment.ts';
import { loadYamlFile } from './yaml.ts';

/** Everything the files in `CHAKONG_CONFIG_DIR` say, and who may sign in. */
export type Installation = {
  readonly channels: readonly ChannelConfig[];
  readonly agencies: readonly Agency[];
  readonly officers: readonly RegisteredOfficer[];
  readonly tokens: readonly TokenEntry[];
};

/**
 * Reads channels, agencies, officers and tokens, and checks what binds them: an agency's channel exists, a token's
 * person exists, production has no simulator. All problems of all files at once.
 */
export async function loadInstallation(settings: Settings): Promise<Loaded<Installation>> {
  const dir = settings.configDir;
  const [channels, agencies, officers, tokens] = await Promise.all([
    loadChannels(join(dir, 'channels'), channelConfigSchema),
    loadAgencies(join(dir, 'agencies'), agencySchema),
    loadOfficers(join(dir, 'officers.yaml'), registeredOfficerSchema),
    loadTokens(settings),
  ]);
  const read = [channels, agencies, officers, tokens];
  const problems = read.flatMap((each) => (each.ok ? [] : each.problems));
  if (!channels.ok || !agencies.ok || !officers.ok || !tokens.ok) return { ok: false, problems };
  const values = {
    channels: channels.values,
    agencies: agencies.values,
    officers: officers.values,
    tokens: tokens.values,
  };
  const bound = bindingProblems(values, settings);
  return bound.length > 0 ? { ok: false, problems: bound } : { ok: true, values };
}

async function loadTokens({ tokensFile }: Settings): Promise<Loaded<readonly TokenEntry[]>> {
  return tokensFile === null
    ? { ok: true, values: [] }
    : loadYamlFile(tokensFile, z.array(tokenEntrySchema).max(100_000));
}

function bindingProblems(
  { channels, agencies, officers, tokens }: Installation,
  { configDir, simulatorsAllowed, tokensFile }: Settings,
): ConfigProblem[] {
  const channelIds = new Set(channels.map(({ channelId }) => channelId));
  const userIds = new Set(officers.map(({ userId }) => userId));
  const problem = (file: string, path: string, more: { expected: string; fix: string }): ConfigProblem => ({
    file,
    line: null,
    column: null,
    path,
    ...more,
  });
  return [
    ...agencies
      .filter(({ channelId }) => channelId !== null && !channelIds.has(channelId))
      .map(({ agencyId }) =>
        problem(join(configDir, 'agencies'), `${agencyId}.channelId`, {
          expected: 'the id of a file in channels/, or empty',
          fix: 'add the channel or correct the id',
        }),
      ),
    ...tokens
      .filter(({ userId }) => !userIds.has(userId))
      .map(({ tokenId }) =>
        problem(tokensFile ?? '', `${tokenId}.userId`, {
          expected: 'a userId of officers.yaml',
          fix: 'add the person or remove the token',
        }),
      ),
    ...channels
      .filter(({ simulated, enabled }) => simulated && enabled && !simulatorsAllowed)
      .map(({ channelId }) =>
        problem(join(configDir, 'channels', `${channelId}.yaml`), 'simulated', {
          expected: 'false: production loads no simulated channel',
          fix: 'point CHAKONG_CONFIG_DIR at your own configuration',
        }),
      ),
  ].slice(0, 200);
}
