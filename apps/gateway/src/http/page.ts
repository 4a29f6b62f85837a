import type { Page } from '#contracts';
import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import type { Cursors } from './page-cursor.ts';

const longest = 200;
const usual = 50;

/** Query parameters of a list (api.md §2.4), with its own longest page. Spread into the strict object of its filters. */
export const pageParametersUpTo = (most: number) => ({
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .optional()
    .describe(`1 to ${most}, ${usual} without it`),
  cursor: z.string().min(1).max(1_000).optional().describe('`nextCursor` of the page before'),
});

/** Those of every list that has no reason for another page length. */
export const pageParameters = pageParametersUpTo(longest);

export interface PageAsked {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A list that is read page by page: one row more than asked tells whether another page follows. */
export interface PagedList<Item> {
  /** Route and filters; a cursor is bound to them. */
  readonly name: string;
  /** At most `limit` items after the position; null: from the start. */
  readonly read: (after: string | null, limit: number) => Promise<readonly Item[]> | readonly Item[];
  readonly positionOf: (item: Item) => string;
}

export async function readPage<Item>(cursors: Cursors, asked: PageAsked, list: PagedList<Item>): Promise<Page<Item>> {
  const limit = asked.limit ?? usual;
  const found = await list.read(cursors.read(list.name, asked.cursor), limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last !== undefined ? cursors.sign(list.name, list.positionOf(last)) : null,
  };
}

/** `Link: <…>; rel="next"` beside `nextCursor`. */
export function linkNext<Item>({ request, reply }: Pick<Exchange, 'request' | 'reply'>, page: Page<Item>): Page<Item> {
  if (page.nextCursor !== null) {
    const url = new URL(request.url, 'http://here');
    url.searchParams.set('cursor', page.nextCursor);
    reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
  }
  return page;
}

/** Filters in one order, as the name of a list. */
export const listName = (route: string, filters: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([
    route,
    ...Object.entries(filters)
      .filter(([name, value]) => value !== undefined && name !== 'limit' && name !== 'cursor')
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
