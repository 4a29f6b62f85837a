import { randomBytes } from 'node:crypto';
import type { AuditEntry } from '#contracts';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

/** Where an event stands in the chain. */
export type LedgerPlace = { readonly seq: number; readonly hash: string };

/** An entry with everything that is read before the head is locked. */
export type ReadyEntry = {
  readonly entry: Omit<AuditEntry, 'reason'>;
  readonly persons: readonly string[];
  readonly reasonDigest: string | null;
  readonly sealed: Uint8Array | null;
};

const saltBytes = 16;
/** The digest is in the hashed text: the reason opens at no other row. */
export const reasonPlace = (reasonDigest: string): string => `audit_events.reason/${reasonDigest}`;

/** Completes an entry: whose case and person it is about is looked up where the act did not say it, and the reason is sealed. */
export async function prepare(context: StoreContext, { reason, ...entry }: AuditEntry): Promise<ReadyEntry> {
  const subject = await subjectOf(context.db, entry);
  const { caseId, debtorId, purpose, persons } = subject;
  const completed = { ...entry, caseId, debtorId, purpose };
  if (reason === null) return { entry: completed, persons, reasonDigest: null, sealed: null };
  const { keyring, seals, ledgerHash } = context;
  const said = { salt: randomBytes(saltBytes).toString('hex'), reason };
  const reasonDigest = keyring.textHash(ledgerHash, keyring.canonicalText(said));
  const sealed = seals.sealJson(said, reasonPlace(reasonDigest));
  return { entry: completed, persons, reasonDigest, sealed };
}

/** Appends in one transaction, whose last work this is: from the lock to the commit every other entry waits. */
export async function append(context: StoreContext, entries: readonly ReadyEntry[]): Promise<readonly LedgerPlace[]> {
  const { db, keyring, clock, ledgerHash } = context;
  const { rows } = await sql<{ seq: string; hash: string }>`SELECT seq, hash FROM lock_audit_head()`.execute(db);
  const [head] = rows;
  if (!head) throw new StoreFault('ledger-headless');
  let place: LedgerPlace = { seq: Number(head.seq), hash: head.hash };
  const atMs = clock().getTime();
  const links = entries.map(({ entry, persons, reasonDigest }) => {
    const seq = place.seq + 1;
    const body = keyring.canonicalText({ ...entry, seq, persons, previous: place.hash, atMs, reasonDigest });
    place = { seq, hash: keyring.textHash(ledgerHash, body) };
    return { ...place, body };
  });
  await sql`SELECT append_audit(${links.map(({ body }) => body)}::text[], ${links.map(({ hash }) => hash)}::text[],
    ${entries.map(({ sealed }) => (sealed === null ? null : Buffer.from(sealed)))}::bytea[])`.execute(db);
  return links.map(({ seq, hash }) => ({ seq, hash }));
}

type Subject = Pick<AuditEntry, 'caseId' | 'debtorId' | 'purpose'> & { readonly persons: readonly string[] };
type SubjectRow = {
  case_id: string | null;
  debtor_id: string | null;
  purpose: AuditEntry['purpose'];
  persons: string[] | null;
};

/**
 * Whom it is about. The blind indexes of the same person in another case are the same ones; they are put down at the
 * time of the act, so that the view by person needs no look into a debtor.
 */
async function subjectOf(db: Db, entry: Omit<AuditEntry, 'reason'>): Promise<Subject> {
  const { caseId, debtorId, purpose, objectId, detail } = entry;
  const ofKind = (prefix: string) => (objectId?.startsWith(prefix) ? objectId : null);
  const inquiryId = ofKind('inq_') ?? (typeof detail['inquiryId'] === 'string' ? detail['inquiryId'] : null);
  const known = { caseId: caseId ?? ofKind('case_'), debtorId: debtorId ?? ofKind('deb_'), purpose };
  const reportId = ofKind('rep_');
  if (known.debtorId === null && inquiryId === null && reportId === null) return { ...known, persons: [] };
  const { rows } = await sql<SubjectRow>`SELECT coalesce(i.case_id, d.case_id) AS case_id, d.debtor_id, i.purpose,
      d.id_indexes AS persons
    FROM (SELECT coalesce(${inquiryId}::text,
      (SELECT inquiry_id FROM reports WHERE report_id = ${reportId}::text)) AS inquiry_id) AS asked
    LEFT JOIN inquiries AS i ON i.inquiry_id = asked.inquiry_id
    LEFT JOIN debtors AS d ON d.debtor_id = coalesce(${known.debtorId}::text, i.debtor_id)`.execute(db);
  const [row] = rows;
  return {
    caseId: known.caseId ?? row?.case_id ?? null,
    debtorId: known.debtorId ?? row?.debtor_id ?? null,
    purpose: purpose ?? row?.purpose ?? null,
    persons: row?.persons ?? [],
  };
}
