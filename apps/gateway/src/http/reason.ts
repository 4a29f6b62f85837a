import type { Exchange } from './exchange.ts';
import { ProblemError } from './problem-error.ts';

const longestReason = 2_000;
const longestIn = { 'X-Purpose': longestReason, 'X-Reason': 300 } as const;

/** Why something is done, from the field of the body; it is kept sealed in the ledger. @throws ProblemError `reason-required` */
export function statedReason(reason: string): string {
  if (reason !== '') return reason;
  const fix = `Say in up to ${longestReason} characters why.`;
  const errors = [{ pointer: '/reason', code: 'required', detail: 'The reason is missing or empty.', fix }];
  throw new ProblemError('reason-required', 'The reason is not given.', { errors });
}

/** The same from a header, percent-encoded, where there is no body. */
export function reasonInHeader(
  { request }: Pick<Exchange, 'request'>,
  name: keyof typeof longestIn = 'X-Purpose',
): string {
  const header = request.headers[name.toLowerCase()];
  const longest = longestIn[name];
  const reason = typeof header === 'string' ? decoded(header).normalize('NFC').trim() : '';
  if (reason !== '' && reason.length <= longest) return reason;
  const fix = `Say in up to ${longest} characters why; percent-encode Chinese.`;
  const errors = [
    { parameter: name, code: 'required', detail: `The header ${name} is missing, empty or too long.`, fix },
  ];
  throw new ProblemError('reason-required', 'The reason is not given.', { errors });
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header; // a percent sign of its own
  }
}
