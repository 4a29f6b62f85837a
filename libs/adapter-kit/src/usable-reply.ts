import { NoAnswer, type HttpReply, type Reason } from '#contracts';

/**
 * An accepted status with a body that is no page; anything else is thrown with what it means when the wire profile says
 * nothing else. No status means `nothing`, and none means `refused`. A status of failure is accepted for the message in
 * its body: without one it says no more than the status.
 */
export function usable(reply: HttpReply, accepts: readonly number[] = [200]): HttpReply {
  const { status, headers, body } = reply;
  const saysNothing = status >= 400 && (body.byteLength === 0 || isPage(reply));
  if (saysNothing || !accepts.includes(status)) {
    const details = { reasonCode: `http-${status}`, retryAfterMs: retryAfterMs(headers) };
    throw new NoAnswer(reasonFor(status), `the endpoint replied ${status}`, details);
  }
  if (body.byteLength === 0)
    throw new NoAnswer('unintelligible', 'the endpoint replied without a body', { reasonCode: 'empty-body' });
  if (isPage(reply)) throw new NoAnswer('unauthorized', 'a page came instead of a reply', { reasonCode: 'page' });
  return reply;
}

function reasonFor(status: number): Reason {
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'unauthorized';
  return status >= 500 ? 'unavailable' : 'unintelligible';
}

const pageStart = /^\s*(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html)[\s>]/i;
const dataStart = /^\s*(?:<\?xml\b|[{[])/;
const sniffedBytes = 512;

/** A log-in page is told by what it is; a declared type alone may lie in both directions (WIRE-17). */
function isPage({ headers, body }: HttpReply): boolean {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, sniffedBytes))
    .toString('latin1')
    .replace(/^ï»¿/, '');
  if (pageStart.test(start)) return true;
  return (headers['content-type'] ?? '').trimStart().toLowerCase().startsWith('text/html') && !dataStart.test(start);
}

/** Seconds, or a date against the reply's own date: no clock of ours is in it. */
function retryAfterMs(headers: HttpReply['headers']): number | null {
  const told = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(told)) return Number(told) * 1_000;
  const waitMs = Date.parse(told) - Date.parse(headers['date'] ?? '');
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}
