import type { CaseView, Debtor, FileView, NewInquiry, Officer, ProblemItem, RegisteredOfficer } from '#contracts';
import { guardPurpose, type MissingItem } from '#inquiry';
import type { Caller } from '../access/caller.ts';
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

/** Reads what the ids mean. What belongs to another court, or to another case, is not there. */
export async function readGrounds(
  { store }: Gateway,
  { officer, rows }: Caller,
  { caseId, debtorId, legal }: Asked,
): Promise<Grounds> {
  const { courtCode } = officer;
  const [file, stored, document] = await Promise.all([
    store.cases.get(caseId, rows.write),
    store.debtors.get(debtorId, rows.write),
    legal ? store.files.get(legal.fileId) : null,
  ]);
  return {
    case: file,
    debtor: stored?.caseId === caseId ? stored.debtor : null,
    document: document?.courtCode === courtCode ? document.view : null,
  };
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
