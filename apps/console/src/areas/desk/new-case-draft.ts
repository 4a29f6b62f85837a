import type { NewCaseInput } from '../../api/generated/types.gen.ts';

/** What is typed into the form of a new case, as text. */
export interface CaseDraft {
  readonly caseNumber: string;
  readonly legalBasis: string;
  readonly claim: string; // an amount; empty: not known yet
  readonly currency: string;
  readonly filedOn: string;
  readonly executionNoticeOn: string;
}
export const emptyCase: CaseDraft = {
  ...{ caseNumber: '', legalBasis: '', claim: '', currency: 'CNY', filedOn: '', executionNoticeOn: '' },
};
export const caseFields = ['caseNumber', 'legalBasis', 'claim', 'filedOn', 'executionNoticeOn'] as const;
export type CaseField = (typeof caseFields)[number];

export interface DraftFault {
  readonly field: CaseField;
  readonly code: 'required' | 'amount';
}

const amountShape = /^(0|[1-9]\d*)(\.\d{1,2})?$/;
const amountIn = (text: string): string => text.normalize('NFKC').replace(/[,，\s¥￥]/g, '');

/** Faults that need no gateway to be seen. All of them at once. */
export function faultsOf({ caseNumber, legalBasis, claim }: CaseDraft): readonly DraftFault[] {
  return [
    ...(caseNumber.trim() === '' ? [{ field: 'caseNumber', code: 'required' } as const] : []),
    ...(legalBasis.trim() === '' ? [{ field: 'legalBasis', code: 'required' } as const] : []),
    ...(claim.trim() === '' || amountShape.test(amountIn(claim)) ? [] : [{ field: 'claim', code: 'amount' } as const]),
  ];
}

/** Empty stays unknown: it is never sent as 0 or as today. */
export const caseOf = (
  draft: CaseDraft,
  court: { readonly courtCode: string; readonly courtName: string },
): NewCaseInput => ({
  caseNumber: draft.caseNumber.trim(),
  courtCode: court.courtCode,
  courtName: court.courtName,
  legalBasis: draft.legalBasis.trim(),
  claim: draft.claim.trim() === '' ? null : { amount: amountIn(draft.claim), currency: draft.currency },
  filedOn: draft.filedOn === '' ? null : draft.filedOn,
  executionNoticeOn: draft.executionNoticeOn === '' ? null : draft.executionNoticeOn,
});
