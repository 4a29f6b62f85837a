import { type RetentionPreview, retentionPreviewSchema } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

type Rule = RetentionPreview['rules'][number];

/** What the next sweep would remove; nothing is removed. */
export async function previewRetention(
  output: Output,
  api: ApiClient,
  { json }: { readonly json: boolean },
): Promise<number> {
  const preview = await api.get('/retention/preview', retentionPreviewSchema);
  if (json) {
    output.result(JSON.stringify(preview, null, 2));
    return exitCodes.done;
  }
  const columns = [
    { title: 'rule', cell: ({ rule }: Rule) => rule },
    { title: 'kept for', cell: ({ keeps }: Rule) => `${keeps.value} ${keeps.unit}` },
    { title: 'older than', cell: ({ before }: Rule) => before },
    { title: 'would go', cell: ({ due }: Rule) => String(due) },
    { title: 'on hold', cell: ({ held }: Rule) => String(held) },
  ];
  for (const line of table(columns, preview.rules)) output.result(line);
  return exitCodes.done;
}
