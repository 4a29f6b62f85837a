const says = {
  'connection-lost': 'The database did not answer on this connection.',
  'seal-mismatch': 'A stored row does not agree with what is sealed in it.',
  'migration-failed': 'The database could not be brought up to date.',
  'plan-unsound': 'A plan must have every asked line in exactly one shard.',
  'inquiry-unknown': 'There is no such inquiry.',
  'versions-moved': 'Other versions of the report were appended faster than this one could be compared.',
  'ledger-headless': 'The ledger has no head: its row was removed.',
  'ledger-unguarded': 'The database role of this process could rewrite the ledger.',
  'data-keys-missing': 'The table of data keys has none to seal with.',
  'entry-empty': 'An entry of the journal needs at least one answer.',
} as const;
export type StoreFaultCode = keyof typeof says;

/** What goes wrong in the store beside the errors of PostgreSQL (SQLSTATE) and of the network (ECONNREFUSED …). */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: StoreFaultCode;

  constructor(code: StoreFaultCode, cause?: unknown) {
    super(`${says[code]} (${code})`, { cause });
    this.code = code;
  }
}

/** SQLSTATE class 08, 57P and 25P03: the server ended the connection. */
const endedByServer = /^(08|57P|25P03)/;
const lostOnTheWay = new Set(['connection-lost', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** The connection is gone, or there is none: nobody knows whether the last statement was done. */
export const isConnectionLost = (code: string | null): boolean =>
  code !== null && (endedByServer.test(code) || lostOnTheWay.has(code));

/** SQLSTATE class 53: disk or memory full, too many connections. Nothing was written, and it passes without us. */
export const isOutOfRoom = (code: string | null): boolean => code !== null && code.startsWith('53');

/** The stable code of any error, or null: errors are told apart by it, never by their words. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
