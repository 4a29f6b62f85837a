import { type AuditAction, type AuditEntry, auditEntrySchema, type RowScope } from '#contracts';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type LedgerPlace, reasonPlace } from './ledger-append.ts';
import { seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

/** One event as people read it. */
export type LedgerEvent = Omit<AuditEntry, 'reason'> & {
  readonly seq: number;
  readonly at: string;
  readonly atMs: number;
  readonly caseNumber: string | null;
  /** Blind indexes of whom it is about. */
  readonly persons: readonly string[];
  readonly hasReason: boolean;
  /** Only where `withReasons` asked for it. */
  readonly reason: string | null;
  readonly previous: string;
  readonly hash: string;
};

/** Filters all hold together. `before`: rows older than this one; `since`, `until`: milliseconds, the end excluded. */
export type AuditFilter = {
  readonly before?: number | null;
  readonly seq?: number;
  readonly since?: number;
  readonly until?: number;
  readonly userId?: string;
  readonly action?: AuditAction;
  readonly caseId?: string;
  readonly debtorId?: string;
  /** Any of these blind indexes. */
  readonly persons?: readonly string[];
  readonly withReasons?: boolean;
};

/** A row as it stands; `body` is null where the reader may not see it. `told`: the reason and its salt. */
export type StoredLedgerRow = LedgerPlace & {
  readonly body: string | null;
  readonly previous: string;
  readonly told: { readonly salt: string; readonly reason: string } | null;
};

export type RowsAsked = {
  readonly from: number;
  readonly to: number | null;
  readonly limit: number;
  readonly courtCodes: readonly string[] | null;
  readonly withReasons: boolean;
};

/** Where the chain ends by its own account, and which row is really the last one: of one moment, so that they must agree. */
export type LedgerHead = LedgerPlace & { readonly lastSeq: number };

export async function readHead({ db }: Pick<StoreContext, 'db'>): Promise<LedgerHead> {
  const { rows } = await sql<{ seq: string; hash: string; last_seq: string }>`SELECT seq, hash,
    (SELECT coalesce(max(seq), 0) FROM audit_events) AS last_seq FROM audit_head`.execute(db);
  const [head] = rows;
  if (!head) throw new StoreFault('ledger-headless');
  return { seq: Number(head.seq), hash: head.hash, lastSeq: Number(head.last_seq) };
}

/** An event belongs to the court of who acted and to the court of the case; what the product did by itself, to all. */
function seesEvent(rows: RowScope): RawBuilder<unknown> {
  if (rows === 'inside') return sql`TRUE`;
  const courts = [...rows.courtCodes];
  return sql`(e.court_code IS NULL OR e.court_code = ANY(${courts}::text[])
    OR (e.case_id IS NOT NULL AND ${seesCase(rows, 'e.case_id')}))`;
}

/**
 * What was refused, or only looked for, may name a case or a debtor of another court: whoever tried knows the id, and
 * learns nothing more of it, neither there and then nor by reading the trail of their own court.
 */
function hides(rows: RowScope): { readonly ofCase: RawBuilder<boolean>; readonly ofDebtor: RawBuilder<boolean> } {
  const tried = sql`(e.body::jsonb ->> 'result' = 'refused' OR e.action IN ('inquiries.listed', 'audit.read'))`;
  return {
    ofCase: sql<boolean>`(${tried} AND e.case_id IS NOT NULL AND NOT ${seesCase(rows, 'e.case_id')})`,
    ofDebtor: sql<boolean>`(${tried} AND e.debtor_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM debtors AS d WHERE d.debtor_id = e.debtor_id AND ${seesCase(rows, 'd.case_id')}))`,
  };
}

type Row = {
  seq: string;
  hides_case: boolean;
  hides_debtor: boolean;
  body: string;
  previous: string;
  hash: string;
  reason: Buffer | null;
  case_number: string | null;
};

const storedBody = auditEntrySchema.omit({ reason: true }).extend({
  seq: z.int(),
  persons: z.array(z.string()),
  previous: z.string(),
  atMs: z.int(),
  reasonDigest: z.string().nullable(),
});

const saidSchema = z.strictObject({ salt: z.string(), reason: z.string() });
type Said = z.output<typeof saidSchema>;

const openReason = ({ seals }: StoreContext, sealed: Buffer, digest: string): Said =>
  saidSchema.parse(seals.openJson<unknown>(sealed, reasonPlace(digest)));

export async function listEvents(
  context: StoreContext,
  { rows: scope, limit, withReasons = false, ...filter }: AuditFilter & { rows: RowScope; limit: number },
): Promise<readonly LedgerEvent[]> {
  const hidden = hides(scope);
  const { rows } = await sql<Row>`SELECT e.seq, e.body, e.previous, e.hash, e.reason, c.case_number,
      ${hidden.ofCase} AS hides_case, ${hidden.ofDebtor} AS hides_debtor
    FROM audit_events AS e LEFT JOIN cases AS c ON c.case_id = e.case_id
    WHERE ${seesEvent(scope)} AND ${conditions(filter)}
      AND (${filter.caseId === undefined} OR NOT ${hidden.ofCase})
      AND (${filter.debtorId === undefined && filter.persons === undefined} OR NOT ${hidden.ofDebtor}) ORDER BY e.seq DESC LIMIT ${bounded(limit)}`.execute(
    context.db,
  );
  return rows.map((row) => eventOf(context, row, withReasons));
}

function conditions({ before, seq, since, until, userId, action, caseId, debtorId, persons }: AuditFilter) {
  const all = [
    before === undefined || before === null ? null : sql`e.seq < ${before}`,
    seq === undefined ? null : sql`e.seq = ${seq}`,
    since === undefined ? null : sql`e.at_ms >= ${since}`,
    until === undefined ? null : sql`e.at_ms < ${until}`,
    userId === undefined ? null : sql`e.user_id = ${userId}`,
    action === undefined ? null : sql`e.action = ${action}`,
    caseId === undefined ? null : sql`e.case_id = ${caseId}`,
    debtorId === undefined ? null : sql`e.debtor_id = ${debtorId}`,
    persons === undefined ? null : sql`e.persons ?| ${[...persons]}::text[]`,
  ].filter((each) => each !== null);
  return all.length === 0 ? sql`TRUE` : sql.join(all, sql` AND `);
}

function eventOf(context: StoreContext, row: Row, withReasons: boolean): LedgerEvent {
  const { reasonDigest, ...body } = storedBody.parse(JSON.parse(row.body));
  const { reason: sealed } = row;
  const reason =
    withReasons && sealed !== null && reasonDigest !== null ? openReason(context, sealed, reasonDigest).reason : null;
  return {
    ...body,
    ...(row.hides_case && { caseId: null }),
    ...(row.hides_debtor && { debtorId: null, persons: [] }),
    at: context.toInstant(new Date(body.atMs)),
    caseNumber: row.hides_case ? null : row.case_number,
    hasReason: reasonDigest !== null,
    reason,
    hash: row.hash,
  };
}

type PlainRow = Omit<Row, 'case_number' | 'body' | 'hides_case' | 'hides_debtor'> & { body: string | null };

/** In the order of the chain. What somebody may not see is withheld; that it is there never is. */
export async function readRows(context: StoreContext, asked: RowsAsked): Promise<readonly StoredLedgerRow[]> {
  const { from, to, limit, courtCodes, withReasons } = asked;
  const scope: RowScope = courtCodes === null ? 'inside' : { userId: '', courtCodes };
  const hidden = hides(scope);
  const { rows } = await sql<PlainRow>`SELECT e.seq, CASE WHEN ${seesEvent(scope)}
      AND NOT ${hidden.ofCase} AND NOT ${hidden.ofDebtor} THEN e.body END AS body, e.previous,
      e.hash, CASE WHEN ${withReasons} THEN e.reason END AS reason
    FROM audit_events AS e WHERE e.seq >= ${from} AND (${to}::bigint IS NULL OR e.seq <= ${to})
    ORDER BY e.seq LIMIT ${bounded(limit)}`.execute(context.db);
  return rows.map(({ seq, body, previous, hash, reason }) => ({
    ...{ seq: Number(seq), body, previous, hash },
    told: withReasons && body !== null ? toldOf(context, body, reason) : null,
  }));
}

/** Fits no digest: a reason that was taken away or changed is seen as an edited row. */
const untold: Said = { salt: '', reason: '' };

function toldOf(context: StoreContext, body: string, sealed: Buffer | null): Said | null {
  const { reasonDigest } = storedBody.parse(JSON.parse(body));
  if (reasonDigest === null) return null;
  if (sealed === null) return untold;
  try {
    return openReason(context, sealed, reasonDigest);
  } catch {
    return untold; // it opens at its own row only
  }
}

export async function personsOf(
  { db }: Pick<StoreContext, 'db'>,
  debtorId: string,
  scope: RowScope,
): Promise<readonly string[] | null> {
  const { rows } = await sql<{ id_indexes: string[] }>`SELECT id_indexes FROM debtors
    WHERE debtor_id = ${debtorId} AND ${seesCase(scope, 'debtors.case_id')}`.execute(db);
  return rows[0]?.id_indexes ?? null;
}
