import { type OperationsEvent, operationsEventSchema, pageSchema } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

export interface EventsOptions {
  readonly channelId: string | null;
  readonly kind: string | null;
  readonly limit: number;
  readonly json: boolean;
}

/** What operators are told, newest first. */
export async function events(output: Output, api: ApiClient, options: EventsOptions): Promise<number> {
  const { channelId, kind, limit, json } = options;
  const asked = new URLSearchParams({ limit: String(limit), ...(channelId && { channelId }), ...(kind && { kind }) });
  const { items } = await api.get(`/operations-events?${asked.toString()}`, pageSchema(operationsEventSchema));
  if (json) {
    output.result(JSON.stringify(items, null, 2));
    return exitCodes.done;
  }
  const columns = [
    { title: 'last', cell: ({ lastAt }: OperationsEvent) => lastAt },
    { title: 'kind', cell: ({ kind: name }: OperationsEvent) => name },
    { title: 'channel', cell: ({ channelId: id }: OperationsEvent) => id },
    { title: 'agency', cell: ({ agencyId }: OperationsEvent) => agencyId ?? 'all' },
    { title: 'times', cell: ({ count }: OperationsEvent) => String(count) },
    { title: 'detail', most: 80, cell: detailOf },
  ];
  for (const line of table(columns, items)) output.result(line);
  output.result(`  ${items.length} shown`);
  return exitCodes.done;
}

const detailOf = ({ detail }: OperationsEvent): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
