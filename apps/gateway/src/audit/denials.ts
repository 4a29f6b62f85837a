import type { AuditEntry, ProblemCode } from '#contracts';
import { errorCode, type Log } from '#platform';
import type { Ledger } from '#store';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.ts';

/** Refused acts of known people (403), for the ledger. */
export interface Denials {
  tell(request: FastifyRequest, code: ProblemCode): void;
  /** Writes what is still counted. */
  close(): Promise<void>;
}

const windowMs = 60_000;
/** People times operations at once: more than a register has people who are refused within a minute. */
const mostWindows = 5_000;

interface Window {
  readonly entry: AuditEntry;
  count: number;
  readonly timer: NodeJS.Timeout;
}

interface DenialParts {
  readonly ledger: Pick<Ledger, 'record'>;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * One entry per person, operation and minute: the first refusal is written at once, further ones are counted and written
 * as one when the minute is over. Nobody fills the ledger by knocking at a closed door.
 */
export function openDenials(parts: DenialParts): Denials {
  const windows = new Map<string, Window>();
  const writer = openWriter(parts);
  const begin = (key: string, entry: AuditEntry) => {
    const timer = setTimeout(() => {
      const over = windows.get(key);
      windows.delete(key);
      if (!over || over.count === 0) return;
      writer.write(over.entry, over.count);
      begin(key, over.entry); // what comes in the next minute is counted in it
    }, windowMs).unref();
    windows.set(key, { entry, count: 0, timer });
  };
  return {
    tell(request, code) {
      const entry = denialOf(request, code);
      if (!entry) return;
      const key = `${entry.actor.userId} ${request.method} ${routeOf(request)}`;
      const window = windows.get(key);
      if (window) window.count += 1;
      else if (windows.size >= mostWindows)
        parts.log.warn('ledger.lost', { action: entry.action, code: 'denials-full' });
      else {
        begin(key, entry);
        writer.write(entry, 1);
      }
    },
    async close() {
      for (const { entry, count, timer } of windows.values()) {
        clearTimeout(timer);
        if (count > 0) writer.write(entry, count);
      }
      windows.clear();
      await writer.done();
    },
  };
}

/** Writes behind the answer: a refusal is a refusal, whether or not the ledger can take it at this moment. */
function openWriter({ ledger, log }: DenialParts) {
  const writing = new Set<Promise<unknown>>();
  return {
    write(entry: AuditEntry, count: number) {
      const written = ledger
        .record({ ...entry, detail: { ...entry.detail, count } })
        .catch((error: unknown) => log.warn('ledger.lost', { action: entry.action, code: errorCode(error) }))
        .finally(() => writing.delete(written));
      writing.add(written);
    },
    done: () => Promise.all(writing),
  };
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/** Null: nobody is known, which is the matter of the sign-in. The route is told, never an id or a word of the request. */
function denialOf(request: FastifyRequest, code: ProblemCode): AuditEntry | null {
  const caller = callerOf(request);
  if (!caller) return null;
  const { officer, via } = caller;
  return {
    ...{ objectId: null, caseId: null, debtorId: null, purpose: null, reason: null, shown: null },
    action: 'access.denied',
    actor: { userId: officer.userId, role: officer.roles[0] ?? 'visitor', courtCode: officer.courtCode, via },
    address: request.ip,
    result: 'refused',
    detail: { method: request.method, route: routeOf(request), code },
  };
}
