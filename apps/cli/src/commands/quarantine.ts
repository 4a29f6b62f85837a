import { pageSchema, type QuarantineItem, quarantineItemSchema, replayViewSchema } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

export interface QuarantineOptions {
  readonly channelId: string | null;
  readonly state: string | null;
  readonly limit: number;
  readonly json: boolean;
}
export interface ReplayOptions {
  readonly quarantineIds: readonly string[];
  readonly channelId: string | null;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What could not be read, newest first. */
export async function listQuarantine(output: Output, api: ApiClient, options: QuarantineOptions): Promise<number> {
  const { channelId, state, limit, json } = options;
  const asked = new URLSearchParams({
    limit: String(limit),
    ...(channelId && { channelId }),
    ...(state && { state }),
  });
  const { items } = await api.get(`/quarantine?${asked.toString()}`, pageSchema(quarantineItemSchema));
  if (json) {
    output.result(JSON.stringify(items, null, 2));
    return exitCodes.done;
  }
  const columns = [
    { title: 'id', cell: ({ quarantineId }: QuarantineItem) => quarantineId },
    { title: 'channel', cell: ({ channelId: id }: QuarantineItem) => id },
    { title: 'agency', cell: ({ agencyId }: QuarantineItem) => agencyId ?? '?' },
    { title: 'from', cell: ({ source }: QuarantineItem) => source },
    { title: 'state', cell: ({ state: now }: QuarantineItem) => now },
    { title: 'readings', cell: ({ attempts }: QuarantineItem) => String(attempts) },
    { title: 'came', cell: ({ at }: QuarantineItem) => at },
    { title: 'wrong at', most: 60, cell: ({ paths }: QuarantineItem) => paths.join(', ') },
  ];
  for (const line of table(columns, items)) output.result(line);
  output.result(`  ${items.length} shown`);
  return exitCodes.done;
}

/** Reads messages again after a repair; no agency is asked. */
export async function replayQuarantine(output: Output, api: ApiClient, options: ReplayOptions): Promise<number> {
  const { quarantineIds, channelId, dryRun, json } = options;
  if ((quarantineIds.length === 0) === (channelId === null))
    throw new CliError('wrong-choice', 'Name either messages or a channel.', {
      exitCode: exitCodes.usage,
      fix: 'chakong quarantine replay ans_…   or   chakong quarantine replay --channel <channelId>',
    });
  const chosen = channelId === null ? { quarantineIds } : { channelId };
  const view = await api.post('/quarantine/replays', { ...chosen, dryRun }, replayViewSchema);
  if (json) output.result(JSON.stringify(view, null, 2));
  else output.result(`  ${view.chosen} ${dryRun ? 'would be' : 'are being'} read again`);
  return exitCodes.done;
}
