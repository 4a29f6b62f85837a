import { problemSchema } from '#contracts';
import { formsOf } from '../e2e/canary-search.ts';
import { leave } from './leave.ts';
import type { WireReply, WireRequest } from './wire.ts';

/** One request somebody should not get through with, or should, and what may come back. */
export interface Try {
  /** The row of the table. */
  readonly kind: string;
  /** Id of the operation, or the address when it is none. */
  readonly operation: string;
  readonly request: WireRequest;
  readonly expected: readonly number[];
  /** Texts that may stand nowhere in the reply, unless the request itself holds them. */
  readonly forbidden: readonly string[];
  /** Refused before the product sees it, or a HEAD: there is no body to look at. */
  readonly isBare?: boolean;
}

interface Row {
  readonly kind: string;
  operations: number;
  requests: number;
  unauthenticated: number;
  forbidden: number;
  notFound: number;
  other: number;
  leaks: number;
  deviations: number;
}

export interface Judge {
  /** Counts a reply and says what is wrong with it. */
  judge(tried: Try, reply: WireReply): readonly string[];
  /** Counts what only several replies together show. */
  count(more: { readonly kind: string; readonly deviations: number }): void;
  /** Texts of others that came back, over all tries. */
  leaks(): number;
  /** @param name of the file it leaves for the table */
  write(lines: readonly string[], name?: string): void;
}

export function openJudge(): Judge {
  const rows = new Map<string, Row & { readonly seen: Set<string> }>();
  const rowOf = (kind: string) => {
    const known = rows.get(kind);
    if (known) return known;
    const counts = { requests: 0, unauthenticated: 0, forbidden: 0, notFound: 0, other: 0, leaks: 0, deviations: 0 };
    const row = { kind, operations: 0, ...counts, seen: new Set<string>() };
    rows.set(kind, row);
    return row;
  };
  return {
    judge(tried, reply) {
      const row = rowOf(tried.kind);
      const leaks = leaksIn(tried, reply);
      const deviations = [...statusFaults(tried, reply), ...formFaults(tried, reply), ...headerFaults(reply)];
      row.seen.add(tried.operation);
      row.operations = row.seen.size;
      row.requests += 1;
      row[columnOf(reply.status)] += 1;
      row.leaks += leaks.length;
      row.deviations += deviations.length;
      return [...leaks, ...deviations].map((fault) => `${tried.kind}: ${said(tried, reply)}: ${fault}`);
    },
    count({ kind, deviations }) {
      rowOf(kind).deviations += deviations;
    },
    leaks: () => [...rows.values()].reduce((sum, row) => sum + row.leaks, 0),
    write(lines, name = 'matrix') {
      const shown = [...rows.values()].map((row) => ({ ...row, seen: undefined }));
      leave(name, { rows: shown, lines });
    },
  };
}

const columnOf = (status: number): 'unauthenticated' | 'forbidden' | 'notFound' | 'other' =>
  status === 401 ? 'unauthenticated' : status === 403 ? 'forbidden' : status === 404 ? 'notFound' : 'other';

const said = ({ operation, request }: Try, { status, text }: WireReply): string =>
  `${operation} ${request.method} ${request.target.slice(0, 160)} -> ${status} ${status < 400 ? '' : text.slice(0, 300)}`;

const statusFaults = ({ expected }: Try, { status }: WireReply): string[] =>
  expected.includes(status) ? [] : [`expected ${expected.join(' or ')}`];

/** Texts of the other side in the reply, in any form, that were not sent by the caller. */
function leaksIn({ forbidden, request }: Try, { text, headers }: WireReply): string[] {
  const told = `${text}\n${JSON.stringify(headers)}`;
  const sent = `${request.target}\n${JSON.stringify(request.headers)}\n${request.body?.toString('utf8') ?? ''}`;
  return forbidden
    .filter((secret) => !sent.includes(secret) && formsOf(secret).some((form) => told.includes(form)))
    .map((secret) => `leaks ${secret}`);
}

/** A refusal is a problem, whoever refuses. */
function formFaults({ isBare }: Try, { status, headers, text }: WireReply): string[] {
  if (status < 400 || isBare) return [];
  if (String(headers['content-type']).startsWith('text/html') && status === 401) return []; // where one signs in
  if (!String(headers['content-type']).startsWith('application/problem+json')) return ['is no problem+json'];
  const problem = problemSchema.safeParse(JSON.parse(text));
  if (!problem.success) return ['the problem has not the form of one'];
  return problem.data.status === status && headers['x-request-id'] ? [] : ['the problem does not fit its reply'];
}

function headerFaults({ headers }: WireReply): string[] {
  const wanted: Readonly<Record<string, RegExp>> = {
    'x-content-type-options': /^nosniff$/,
    'content-security-policy': /default-src 'none'/,
    'referrer-policy': /^no-referrer$/,
    'x-frame-options': /SAMEORIGIN|DENY/,
    'cache-control': /no-store|no-cache|max-age/,
  };
  const missing = Object.entries(wanted)
    .filter(([name, form]) => !form.test(String(headers[name] ?? '')))
    .map(([name]) => `${name}: ${String(headers[name])}`);
  const tells = ['server', 'x-powered-by'].filter((name) => headers[name] !== undefined);
  return [...missing, ...tells.map((name) => `tells ${name}`)];
}
