import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.ts';

/** The ETag of the version of a thing that can be changed. */
export const tagVersion = (reply: FastifyReply, version: number): void => void reply.header('etag', `"${version}"`);

/**
 * The version that a change starts from (api.md §2.1).
 * @throws ProblemError `if-match-required` without the header, `version-mismatch` for what is no version of ours
 */
export function versionOf({ headers }: Pick<FastifyRequest, 'headers'>): number {
  const tag = headers['if-match'];
  if (tag === undefined) {
    const errors = [
      {
        parameter: 'If-Match',
        code: 'required',
        detail: 'The header is missing.',
        fix: 'Send the ETag that you read.',
      },
    ];
    throw new ProblemError('if-match-required', 'A change names the version it starts from.', { errors });
  }
  const [, digits] = /^"(\d{1,9})"$/.exec(tag) ?? [];
  if (digits === undefined) throw stale();
  return Number(digits);
}

export const stale = (): ProblemError =>
  new ProblemError('version-mismatch', 'If-Match names another version than the one that is here.');
