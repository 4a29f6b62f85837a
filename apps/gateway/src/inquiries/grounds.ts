import type { CaseView, Debtor, FileView, NewInquiry, Officer, ProblemItem, RegisteredOfficer } from '#contracts';
import { guardPurpose, type MissingItem } from '#inquiry';
import type { Caller } from '../access/caller.ts';
import { refusalOfCase } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';

/** What an inquiry is asked with, before anything is planned. The document is missing in a preview. */
export type Asked = Pick<NewInquiry, 'caseId' | 'debtorId' | 'purpose' | 'scope'> &
  Partial<Pick<NewInquiry, 'legal' | 'approverId'>>;

/** The case file (案卷) behind an inquiry as far as it is there. */
export interface Grounds {
  readonly case: CaseView | null;
  readonly debtor: Debtor | null;
  readonly document: FileView | null;
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
    case: file,
    debtor: stored?.caseId === caseId ? stored.debtor : null,
    document,
  };
}

/** Uploaded at the own court, or one on which an inquiry of the case rests already, at whatever court it was made. */
async function readDocument(
  { store }: Gateway,
  { officer, rows }: Caller,
  { caseId, legal }: Asked,
): Promise<FileView | null> {
  if (!legal) return null;
  const { fileId } = legal;
  const own = await store.files.get(fileId);
  if (own?.courtCode === officer.courtCode) return own.view;
  return (await store.files.ofCase({ fileId, caseId, rows: rows.write }))?.view ?? null;
}

/** Everything that the guard of purpose (查询依据) misses; empty: the inquiry may be sent. */
export const missingGrounds = (
  asked: Asked,
  { case: file, debtor, document }: Grounds,
  officer: RegisteredOfficer,
): readonly MissingItem[] =>
  guardPurpose({
    purpose: asked.purpose,
    case: file,
    debtor,
    legal: {
      basis: file?.legalBasis ?? null,
      documentName: asked.legal?.documentName ?? null,
      documentNumber: asked.legal?.documentNumber ?? null,
      documentHash: document?.hash ?? null,
      preservationLimit: null, // a case does not hold the ordered amount yet
    },
    officer: {
      id: officer.userId,
      courtCode: officer.courtCode,
      workCardNo: officer.workCardNo,
      dutyCardNo: officer.dutyCardNo,
    },
    approver: asked.approverId ? { id: asked.approverId } : null,
    approverRequired: false,
  });

export const itemOf = ({ pointer, code, rule, detail, fix }: MissingItem): ProblemItem => ({
  pointer,
  code,
  rule,
  detail,
  fix,
});

/** The officer as agencies are told. */
export const officerOf = ({ userId, name, phone, workCardNo, dutyCardNo }: RegisteredOfficer): Officer => ({
  id: userId,
  name,
  phone,
  workCardNo,
  dutyCardNo,
});
