import type { Exchange } from './exchange.ts';
import { ProblemError } from './problem-error.ts';

const longestReason = 2_000;

/** Why something is done, from the field of the body; it is kept sealed in the ledger. @throws ProblemError `reason-required` */
export function statedReason(reason: string): string {
  if (reason !== '') return reason;
  const fix = `Say in up to ${longestReason} characters why.`;
  const errors = [{ pointer: '/reason', code: 'required', detail: 'The reason is missing or empty.', fix }];
  throw new ProblemError('reason-required', 'The reason is not given.', { errors });
}

/** The same from the header `X-Purpose`, percent-encoded, where there is no body. */
export function reasonInHeader({ request }: Pick<Exchange, 'request'>): string {
  const header = request.headers['x-purpose'];
  const reason = typeof header === 'string' ? decoded(header).trim() : '';
  if (reason !== '' && reason.length <= longestReason) return reason;
  const fix = `Say in up to ${longestReason} characters why; percent-encode Chinese.`;
  const errors = [
    { parameter: 'X-Purpose', code: 'required', detail: 'The header X-Purpose is missing, empty or too long.', fix },
  ];
  throw new ProblemError('reason-required', 'The reason is not given.', { errors });
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
