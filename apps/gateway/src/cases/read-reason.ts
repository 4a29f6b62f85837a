import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';

const longest = 300;

/**
 * Why something is taken away: `X-Reason`, percent-encoded, because a DELETE has no body and an address is logged.
 * @throws ProblemError `reason-required`
 */
export function readReason({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const said = headers['x-reason'];
  const reason = typeof said === 'string' ? decoded(said).normalize('NFC').trim() : '';
  if (reason !== '' && reason.length <= longest) return reason;
  const item = {
    parameter: 'X-Reason',
    code: 'required',
    detail: 'The header X-Reason is missing, empty or too long.',
    fix: `Say in up to ${longest} characters why; percent-encode Chinese.`,
  };
  throw new ProblemError('reason-required', 'The reason is not given.', { errors: [item] });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign of its own
  }
}
