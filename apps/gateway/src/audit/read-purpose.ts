import type { Exchange } from '../http/exchange.ts';
import { ProblemError } from '../http/problem-error.ts';

const longest = 300;

/**
 * Why something is looked at, from `X-Purpose`: percent-encoded, because a header carries no Chinese.
 * @throws ProblemError `validation` when there is none, or it cannot be read
 */
export function readPurpose({ request }: Pick<Exchange, 'request'>): string {
  const purpose = decoded(request.headers['x-purpose']);
  if (purpose !== null) return purpose;
  const item = {
    parameter: 'X-Purpose',
    code: 'required',
    detail: 'The header X-Purpose is missing, empty, too long or not percent-encoded UTF-8.',
    fix: `Say in up to ${longest} characters why it is looked at; percent-encode Chinese.`,
  };
  throw new ProblemError('validation', 'The purpose is not given.', { errors: [item] });
}

function decoded(header: string | readonly string[] | undefined): string | null {
  if (typeof header !== 'string' || header.length > longest * 9) return null;
  try {
    const text = decodeURIComponent(header).trim();
    return text === '' || Array.from(text).length > longest ? null : text;
  } catch {
    return null; // a % that encodes nothing
  }
}
