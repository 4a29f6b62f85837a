import type { Exchange } from '../http/exchange.ts';
import { ProblemError } from '../http/problem-error.ts';

const longest = 300;

/**
 * Why something is looked at, from `X-Purpose`: percent-encoded, because a header carries no Chinese.
 * @throws ProblemError `validation` when there is none, or it cannot be read
 */
export function readPurpose({ request }: Pick<Exchange, 'request'>): string {
  const read = decoded(request.headers['x-purpose']);
  if ('purpose' in read) return read.purpose;
  const item = {
    parameter: 'X-Purpose',
    code: 'required',
    detail: 'The header X-Purpose is missing, empty, too long or not percent-encoded UTF-8.',
    fix: `Say in up to ${longest} characters why it is looked at; percent-encode Chinese.`,
  };
  throw new ProblemError('validation', 'The purpose is not given.', { errors: [item] });
}

type Decoded = { readonly purpose: string } | { readonly problem: 'missing' | 'length' | 'encoding' };

function decoded(header: string | readonly string[] | undefined): Decoded {
  if (typeof header !== 'string') return { problem: 'missing' };
  if (header.length > longest * 9) return { problem: 'length' };
  try {
    const purpose = decodeURIComponent(header).trim();
    if (purpose === '') return { problem: 'missing' };
    return Array.from(purpose).length > longest ? { problem: 'length' } : { purpose };
  } catch {
    return { problem: 'encoding' };
  }
}
