import { access } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { z } from 'zod';
import { type Entry, type Gathered, joinEntries, type Loaded } from './config-problem.ts';
import { gatherCsvFolder } from './csv.ts';
import { errorCode } from './error-code.ts';
import { gatherYamlFolder, loadYamlFile } from './yaml.ts';

/** `config/channels/<channelId>.yaml`: one channel each, in a file of its name. */
export async function loadChannels<T extends { channelId: string }>(
  dir: string,
  schema: z.ZodType<T>,
): Promise<Loaded<readonly T[]>> {
  const gathered = await gatherYamlFolder(dir, schema);
  const misnamed = gathered.entries.filter((entry) => nameOf(entry) !== entry.value.channelId);
  const problems = misnamed.map(({ value, file, line, column }) => {
    const expected = `a file named ${value.channelId}.yaml, or the channelId of this file's name`;
    return { file, line, column, path: 'channelId', expected, fix: 'rename the file or correct the id' };
  });
  return joinEntries([gathered, { entries: [], problems }], (channel) => channel.channelId);
}

function nameOf({ file }: Entry<unknown>): string {
  return basename(file, extname(file));
}

/** `config/agencies/*.csv` (a row each) and `*.yaml` (one or a list); an agency stands in one of them only. */
export async function loadAgencies<T extends { agencyId: string }>(
  dir: string,
  schema: z.ZodType<T>,
): Promise<Loaded<readonly T[]>> {
  const rows = await gatherCsvFolder(dir, schema);
  const groups: Gathered<T> = await gatherYamlFolder(dir, schema);
  const isFolderMissing = rows.entries.length === 0 && rows.problems.some(({ file }) => file === dir);
  return joinEntries(isFolderMissing ? [rows] : [rows, groups], (agency) => agency.agencyId);
}

/** `config/calendars/<calendarId>.yaml`: one working calendar each; a configuration without the folder has none. */
export async function loadCalendars<T extends { calendarId: string }>(
  dir: string,
  schema: z.ZodType<T>,
): Promise<Loaded<readonly T[]>> {
  const gathered = await gatherYamlFolder(dir, schema);
  const isFolderMissing = gathered.entries.length === 0 && gathered.problems.some(({ file }) => file === dir);
  return isFolderMissing ? { ok: true, values: [] } : joinEntries([gathered], (calendar) => calendar.calendarId);
}

/** `config/purpose-policy.yaml`: what courts want before an inquiry goes out; without the file the defaults hold. */
export async function loadPurposePolicy<T>(file: string, schema: z.ZodType<T>, usual: T): Promise<Loaded<T>> {
  const isThere = await access(file).then(
    () => true,
    (error: unknown) => errorCode(error) !== 'ENOENT', // a file that cannot be read is a problem, not a default
  );
  return isThere ? loadYamlFile(file, schema) : { ok: true, values: usual };
}
