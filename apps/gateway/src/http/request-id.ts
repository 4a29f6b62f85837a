import type { IncomingMessage } from 'node:http';
import { newUuid } from '#platform';

const acceptable = /^[A-Za-z0-9._-]{8,128}$/;

/** The caller's own id where it is harmless, else a new one (api.md §2.1). Always echoed. */
export function newRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : `req_${newUuid()}`;
}
