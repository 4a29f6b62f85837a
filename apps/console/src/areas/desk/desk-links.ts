import type { DeskItem } from '../../api/generated/types.gen.ts';

/** What is needed to know where an act is done. */
export type ActPlace = Pick<DeskItem, 'act' | 'caseId' | 'inquiryId' | 'reportId' | 'approvalId'> & {
  readonly debtor: { readonly debtorId: string } | null;
};

/** The check-answers sheet of the one click, for this debtor: ids only, never a name. */
export function askLink({ caseId, debtor }: Pick<ActPlace, 'caseId' | 'debtor'>): string {
  const query = new URLSearchParams({ case: caseId, ...(debtor === null ? {} : { debtor: debtor.debtorId }) });
  return `/inquiries/new?${query.toString()}`;
}

/** The screen on which the next act of a case is done. */
export function actLink(place: ActPlace): string {
  const { act, caseId, inquiryId, reportId } = place;
  switch (act) {
    case 'approved-not-sent':
    case 'approval-waiting':
      return '/approvals';
    case 'review-due':
    case 'ready-to-ask':
      return askLink(place);
    case 'ask-again':
      return inquiryId === null ? `/cases/${caseId}` : `/inquiries/${inquiryId}/follow-up`;
    case 'late-answer':
    case 'report-to-read':
      return reportId === null ? `/cases/${caseId}` : `/reports/${reportId}`;
    case 'overdue':
    case 'running':
      return inquiryId === null ? `/cases/${caseId}` : `/inquiries/${inquiryId}`;
    case 'no-debtor':
    case 'nothing-to-do':
      return `/cases/${caseId}`;
  }
}
