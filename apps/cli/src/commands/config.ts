import { environmentExample, readEnvironment, variables } from '#platform';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { readInstallation, readSettings } from '../settings.ts';
import { table } from '../table.ts';

/** Every setting with its value and where it came from. Secrets are never printed. */
export function printConfig(
  output: Output,
  { json, example }: { readonly json: boolean; readonly example: boolean },
): number {
  if (example) {
    output.result(environmentExample());
    return exitCodes.done;
  }
  readSettings({}, {});
  const read = readEnvironment();
  if (!read.ok) return exitCodes.usage;
  const values = new Map<string, unknown>(Object.entries(read.settings));
  const rows = variables().map(([key, { name, isSecret, meaning }]) => {
    const value = values.get(key);
    const shown = isSecret && value !== null ? '(set, not shown)' : JSON.stringify(value ?? null);
    return { name, value: shown, from: read.origins[key]?.from ?? 'default', meaning };
  });
  if (json) output.result(JSON.stringify(rows, null, 2));
  else {
    const columns = [
      { title: 'setting', cell: ({ name }: (typeof rows)[number]) => name },
      { title: 'value', most: 60, cell: ({ value }: (typeof rows)[number]) => value },
      { title: 'from', cell: ({ from }: (typeof rows)[number]) => from },
      { title: 'meaning', most: 80, cell: ({ meaning }: (typeof rows)[number]) => meaning },
    ];
    for (const line of table(columns, rows)) output.result(line);
    for (const name of read.unknown) output.progress(`  ${name} means nothing here; is it misspelt?`);
  }
  return exitCodes.done;
}

/** All problems of settings and files at once, as at boot, without starting anything. */
export async function checkConfig(output: Output): Promise<number> {
  const { channels, agencies, officers } = await readInstallation(readSettings({}, { CHAKONG_PROFILE: 'demo' }));
  output.result(`ok: ${channels.length} channels, ${agencies.length} agencies, ${officers.length} people`);
  return exitCodes.done;
}
