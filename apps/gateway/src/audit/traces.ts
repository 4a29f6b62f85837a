import type { AuditAction, AuditEntry } from '#contracts';
import type { Ledger } from '#store';
import type { FastifyRequest } from 'fastify';

/** What an operation leaves in the ledger: one of these actions, or nothing, and why nothing. */
export type Audited = AuditAction | readonly AuditAction[] | { readonly none: string };

interface Trace {
  readonly expected: readonly AuditAction[];
  readonly recorded: Set<AuditAction>;
}

const traces = new WeakMap<FastifyRequest, Trace>();
const requestOf = new WeakMap<AuditEntry, FastifyRequest>();

export const actionsOf = (audit: Audited): readonly AuditAction[] =>
  typeof audit === 'string' ? [audit] : 'none' in audit ? [] : audit;

/** From here on the answer to this request does not leave before one of these actions is in the ledger. */
export const expectTrace = (request: FastifyRequest, audit: Audited): void => {
  traces.set(request, { expected: actionsOf(audit), recorded: new Set() });
};

/** The action that the operation is mainly about; null: it leaves none. */
export const expectedAction = (request: FastifyRequest): AuditAction | null => traces.get(request)?.expected[0] ?? null;

/** True when the request had to leave a trace and left none. */
export function lacksTrace(request: FastifyRequest): boolean {
  const { expected = [], recorded } = traces.get(request) ?? {};
  return expected.length > 0 && !expected.some((action) => recorded?.has(action));
}

/** An entry that is made for a request; recording it is what the request is asked for. */
export function entryFor(request: FastifyRequest, entry: AuditEntry): AuditEntry {
  requestOf.set(entry, request);
  return entry;
}

/** An entry that the store has written together with what it tells of. */
export function noteRecorded(entry: AuditEntry): void {
  const request = requestOf.get(entry);
  if (request) traces.get(request)?.recorded.add(entry.action);
}

/**
 * The ledger, which remembers for every request what was recorded for it. An entry inside a transaction counts from when
 * it was written: a transaction that is undone fails its request anyway.
 */
export const tracedLedger = (ledger: Ledger, onRecorded: (action: AuditAction) => void): Ledger => ({
  ...ledger,
  async record(entry, tx) {
    const place = await ledger.record(entry, tx);
    noteRecorded(entry);
    onRecorded(entry.action);
    return place;
  },
});
