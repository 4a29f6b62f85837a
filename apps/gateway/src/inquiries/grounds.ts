import type { Debtor, FileView, Officer, ProblemItem, RegisteredOfficer } from '#contracts';
import { guardPurpose, type MissingItem, type PurposeToCheck } from '#inquiry';
import { sha256Hex } from '#platform';
import type { StoredFile } from '#store';
import type { Caller } from '../access/caller.ts';
import { refusalOfCase } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Asked } from './asked.ts';
import type { Standing } from './standing.ts';

/** What an inquiry rests on and what never changes, as far as it is there. */
export interface Grounds {
  readonly debtor: Debtor | null;
  readonly document: FileView | null;
  /** The kept document still has the hash it was taken in with. */
  readonly documentIntact: boolean;
}

/**
 * Reads what the ids mean. What belongs to another court, or to another case, is not there.
 * @throws ProblemError `not-allowed` for a case that was handed over and may only be read
 */
export async function readGrounds(gateway: Gateway, caller: Caller, asked: Asked): Promise<Grounds> {
  const { store } = gateway;
  const { rows } = caller;
  const { caseId, debtorId } = asked;
  const [file, stored, document] = await Promise.all([
    store.cases.get(caseId, rows.write),
    store.debtors.get(debtorId, rows.write),
    readDocument(gateway, caller, asked),
  ]);
  if (!file && (await store.cases.get(caseId, rows.read))) throw await refusalOfCase(gateway, caller, caseId);
  return {
    debtor: stored?.caseId === caseId ? stored.debtor : null,
    document: document?.view ?? null,
    documentIntact: document !== null && `sha256:${sha256Hex(document.bytes)}` === document.view.hash,
  };
}

/** Uploaded at the own court, or one on which an inquiry of the case rests already, at whatever court it was made. */
async function readDocument(
  { store }: Gateway,
  { officer, rows }: Caller,
  { caseId, legal }: Asked,
): Promise<StoredFile | null> {
  if (!legal) return null;
  const { fileId } = legal;
  const own = await store.files.get(fileId);
  if (own?.courtCode === officer.courtCode) return own;
  return store.files.ofCase({ fileId, caseId, rows: rows.write });
}

/** What the guard is asked: what stays, what may have changed, and who asks. */
export interface ToGuard {
  readonly asked: Asked;
  readonly grounds: Grounds;
  readonly standing: Standing;
  readonly officer: RegisteredOfficer;
  /** Who has decided that it may be sent. */
  readonly approvedBy: string | null;
}

export const askingOf = ({ asked, standing, approvedBy }: ToGuard): PurposeToCheck['asking'] => ({
  approval: { causes: standing.causes, by: approvedBy, wished: asked.approverId ?? null },
  repeat: standing.repeat,
  reason: asked.reason ?? null,
  emergency: asked.emergency ? { bar: standing.bar } : null,
});

/** Everything that the guard of purpose (查询依据) misses; empty: the inquiry may be sent. */
export function missingGrounds(toGuard: ToGuard): readonly MissingItem[] {
  const { asked, grounds, standing, officer } = toGuard;
  const { case: file } = standing;
  return guardPurpose({
    ...{ purpose: asked.purpose, origin: asked.origin, case: file, debtor: grounds.debtor },
    legal: {
      basis: file?.legalBasis ?? null,
      documentName: asked.legal?.documentName ?? null,
      documentNumber: asked.legal?.documentNumber ?? null,
      documentHash: grounds.document?.hash ?? null,
      documentIntact: grounds.documentIntact,
      preservationLimit: file?.preservation?.limit ?? null,
    },
    officer: {
      id: officer.userId,
      courtCode: officer.courtCode,
      workCardNo: officer.workCardNo,
      dutyCardNo: officer.dutyCardNo,
    },
    asking: askingOf(toGuard),
  });
}

/** @throws ProblemError `purpose-guard` with everything that is missing */
export function refuseMissing(missing: readonly MissingItem[]): void {
  if (missing.length === 0) return;
  const detail = `${missing.length} ${missing.length === 1 ? 'item is' : 'items are'} missing before an inquiry may be sent.`;
  throw new ProblemError('purpose-guard', detail, { errors: missing.map(itemOf) });
}

const itemOf = ({ pointer, code, rule, detail, fix, link }: MissingItem): ProblemItem => ({
  ...{ pointer, code, rule, detail, fix },
  ...(link === undefined ? {} : { link }),
});

/** The officer as agencies are told. */
export const officerOf = ({ userId, name, phone, workCardNo, dutyCardNo }: RegisteredOfficer): Officer => ({
  id: userId,
  name,
  phone,
  workCardNo,
  dutyCardNo,
});
