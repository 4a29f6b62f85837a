import { z } from 'zod';
import { ProblemError } from './problem-error.ts';

/** Where a list goes on. Opaque to callers, signed, and bound to the list with its filters and order. */
export interface Cursors {
  /** @param list what the cursor is for: route and filters, never a person's data */
  sign(list: string, position: string): string;
  /**
   * The position of the page's start; null without a cursor.
   * @throws ProblemError `cursor-invalid` when it was changed or belongs to another list
   */
  read(list: string, cursor: string | undefined): string | null;
}

const sentSchema = z.tuple([z.string().max(400), z.string().max(64)]);

/** @param signature a keyed hash, hexadecimal */
export function openCursors(
  signature: (text: string) => string,
  isSame: (one: string, other: string) => boolean,
): Cursors {
  const mark = (list: string, position: string) => signature(JSON.stringify([list, position])).slice(0, 32);
  return {
    sign: (list, position) => Buffer.from(JSON.stringify([position, mark(list, position)])).toString('base64url'),
    read(list, cursor) {
      if (cursor === undefined) return null;
      const sent = sentSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
      const [position, sentMark] = sent.data ?? ['', ''];
      if (!sent.success || !isSame(sentMark, mark(list, position))) throw invalid();
      return position;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid();
  }
}

const invalid = (): ProblemError =>
  new ProblemError('cursor-invalid', 'The cursor does not belong to this list.', {
    errors: [
      {
        parameter: 'cursor',
        code: 'cursor-invalid',
        detail: 'It was changed, or made for other filters.',
        fix: 'Start again without it.',
      },
    ],
  });
