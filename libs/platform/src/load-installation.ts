import { join } from 'node:path';
import {
  agencySchema,
  calendarSchema,
  channelConfigSchema,
  purposePolicySchema,
  type TokenEntry,
  tokenEntrySchema,
} from '#contracts';
import { z } from 'zod';
import { bindingProblems } from './binding-problems.ts';
import type { Loaded } from './config-problem.ts';
import { loadAgencies, loadCalendars, loadChannels, loadPurposePolicy } from './configuration.ts';
import { loadCourtsAndPeople } from './court-configuration.ts';
import type { Installation } from './installation.ts';
import type { Settings } from './environment.ts';
import { loadYamlFile } from './yaml.ts';

/**
 * Reads channels, agencies, courts, officers, calendars and tokens, and checks what binds them: an agency's channel exists, a channel's calendar, a token's
 * person exists, somebody's court exists, production has no simulator. All problems of all files at once.
 */
export async function loadInstallation(settings: Settings): Promise<Loaded<Installation>> {
  const dir = settings.configDir;
  const [channels, agencies, people, calendars, tokens, purposePolicy] = await Promise.all([
    loadChannels(join(dir, 'channels'), channelConfigSchema),
    loadAgencies(join(dir, 'agencies'), agencySchema),
    loadCourtsAndPeople(dir),
    loadCalendars(join(dir, 'calendars'), calendarSchema),
    loadTokens(settings),
    loadPurposePolicy(join(dir, 'purpose-policy.yaml'), purposePolicySchema, { everywhere: {}, courts: [] }),
  ]);
  const read = [channels, agencies, people, calendars, tokens, purposePolicy];
  const problems = read.flatMap((each) => (each.ok ? [] : each.problems));
  if (!channels.ok || !agencies.ok || !people.ok || !calendars.ok || !tokens.ok || !purposePolicy.ok)
    return { ok: false, problems };
  const values = {
    channels: channels.values,
    agencies: agencies.values,
    courts: people.values.courts,
    officers: people.values.officers,
    calendars: calendars.values,
    tokens: tokens.values,
    purposePolicy: purposePolicy.values,
  };
  const bound = bindingProblems(values, settings);
  return bound.length > 0 ? { ok: false, problems: bound } : { ok: true, values };
}

async function loadTokens({ tokensFile }: Settings): Promise<Loaded<readonly TokenEntry[]>> {
  return tokensFile === null
    ? { ok: true, values: [] }
    : loadYamlFile(tokensFile, z.array(tokenEntrySchema).max(100_000));
}
