import { linesList } from '../../api/generated/sdk.gen.ts';
import type { CoverageLine } from '../../api/generated/types.gen.ts';

const pageLength = 1_000;
const mostPages = 10;

/**
 * The lines of an inquiry: all, or only those of which events after `changedAfter` tell.
 *
 * @throws when there are more than we read; a list is never cut silently
 */
export async function readInquiryLines(
  inquiryId: string,
  { signal, changedAfter }: { readonly signal: AbortSignal; readonly changedAfter?: number },
): Promise<readonly CoverageLine[]> {
  const all: CoverageLine[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data }: { data: { items: CoverageLine[]; nextCursor: string | null } } = await linesList({
      path: { inquiryId },
      query: {
        limit: `${pageLength}`,
        ...(changedAfter === undefined ? {} : { changedAfter: `${changedAfter}` }),
        ...(cursor === null ? {} : { cursor }),
      },
      signal,
      throwOnError: true,
    });
    all.push(...data.items);
    cursor = data.nextCursor;
    if (cursor === null) return all;
  }
  throw new Error('more lines than can be shown');
}
