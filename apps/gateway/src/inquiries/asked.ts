import type { NewInquiry } from '#contracts';

/** What an inquiry is asked with, before anything is planned. The document is missing in a preview. */
export type Asked = Pick<NewInquiry, 'caseId' | 'debtorId' | 'purpose' | 'origin' | 'scope' | 'transactionPeriod'> &
  Partial<Pick<NewInquiry, 'approverId' | 'reason' | 'emergency'>> & { readonly legal?: NewInquiry['legal'] | null };
