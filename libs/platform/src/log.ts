import pino from 'pino';
import { type Clock, systemClock } from './clock.ts';
import { prettyLine } from './pretty-line.ts';

/** Own ids, counts, codes and paths. Never a name, identifier, account, address, payload, secret or header value. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The one log. An event is a noun, a dot and a past verb: `inquiry.accepted` (api.md §11). */
export type Log = {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** The same log with these fields on every line. */
  child(fields: LogFields): Log;
};

export type LogOptions = {
  readonly service: string;
  readonly version: string;
  readonly level: LogLevel;
  /** Null: pretty on a terminal, JSON lines elsewhere. */
  readonly pretty?: boolean | null;
  readonly clock?: Pick<Clock, 'now'>;
  /** Standard error unless a test collects the lines. */
  readonly destination?: { write(line: string): void };
};

/** A second fence behind the type: whatever these are given is not written. */
const forbiddenKeys = [
  'account',
  'address',
  'authorization',
  'body',
  'cookie',
  'headers',
  'identifier',
  'idNumber',
  'message',
  'name',
  'password',
  'payload',
  'phone',
  'secret',
  'stack',
  'token',
];
const censor = '[redacted]';
/** Identity, card, account, phone and credit-code numbers, when they stand alone. */
const personal =
  /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{14,19}|1[3-9]\d{9}|[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10})(?![0-9A-Za-z])/;
const plain = /^[\x20-\x7e]{0,1000}$/;

/** JSON lines with time, level, event, service and version, each written at once. */
export function createLog(options: LogOptions): Log {
  const { service, version, level, clock = systemClock } = options;
  const settings: pino.LoggerOptions = {
    level,
    base: { service, version },
    messageKey: 'event',
    timestamp: () => `,"time":"${clock.now().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: safeFields },
    redact: { paths: forbiddenKeys, censor },
  };
  return wrap(pino(settings, prettyOrPlain(options)));
}

function prettyOrPlain({ pretty = null, destination }: LogOptions): { write(line: string): void } {
  const out = destination ?? pino.destination({ dest: 2, sync: true });
  if (!(pretty ?? (destination === undefined && process.stderr.isTTY))) return out;
  return { write: (line) => out.write(prettyLine(line)) };
}

function wrap(logger: pino.Logger): Log {
  return {
    debug: (event, fields = {}) => logger.debug(fields, event),
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
    child: (fields) => wrap(logger.child(safeFields(fields))),
  };
}

/** Texts that are not plain ASCII, or look like a person's number, do not pass; what is no plain value neither. */
function safeFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, safeValue(value)]));
}

function safeValue(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  const isSafe = typeof value === 'string' && plain.test(value) && !personal.test(value);
  return isSafe ? value : censor;
}
