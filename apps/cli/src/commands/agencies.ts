import type { AgencyView } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { readAgencies } from '../ask-and-follow.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

export interface AgenciesOptions {
  readonly category: string | null;
  readonly region: string | null;
  readonly unhealthy: boolean;
  readonly json: boolean;
}

/** The directory with what stands in the way of each agency now. */
export async function agencies(output: Output, api: ApiClient, options: AgenciesOptions): Promise<number> {
  const filter = [
    options.category && `&category=${encodeURIComponent(options.category)}`,
    options.region && `&region=${encodeURIComponent(options.region)}`,
  ]
    .filter(Boolean)
    .join('');
  const all = [...(await readAgencies(api, filter)).values()];
  const shown = options.unhealthy ? all.filter((agency) => inWords(agency) !== 'well') : all;
  if (options.json) {
    output.result(JSON.stringify(shown, null, 2));
    return exitCodes.done;
  }
  const lines = table(
    [
      { title: 'agency', cell: ({ agencyId }: AgencyView) => agencyId },
      { title: 'name', most: 36, cell: ({ nameZh }) => nameZh },
      { title: 'category', cell: ({ category }) => category },
      { title: 'region', cell: ({ region }) => region ?? '' },
      {
        title: 'channel',
        cell: ({ channelId, mode }) => (channelId === null ? 'not connected' : `${channelId} (${mode ?? '?'})`),
      },
      { title: 'state', cell: inWords },
    ],
    shown,
  );
  for (const line of lines) output.result(line);
  output.result(`  ${shown.length} of ${all.length} agencies`);
  return exitCodes.done;
}

function inWords({ connected, paused, breaker }: AgencyView): string {
  if (!connected) return 'not connected';
  if (paused) return 'paused';
  if (breaker && breaker.state !== 'closed') return `breaker ${breaker.state} since ${breaker.since ?? '?'}`;
  return 'well';
}
