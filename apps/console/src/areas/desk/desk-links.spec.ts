import { expect, it } from '@jest/globals';
import { type ActPlace, actLink, askLink } from './desk-links.ts';

const place: ActPlace = {
  ...{ act: 'running', caseId: 'case_1', inquiryId: 'inq_1', reportId: 'rep_1', approvalId: null },
  debtor: { debtorId: 'deb_1' },
};

it.each([
  ['running', '/inquiries/inq_1'],
  ['overdue', '/inquiries/inq_1'],
  ['ask-again', '/inquiries/inq_1/follow-up'],
  ['late-answer', '/reports/rep_1'],
  ['ready-to-ask', '/inquiries/new?case=case_1&debtor=deb_1'],
  ['approval-waiting', '/approvals'],
  ['no-debtor', '/cases/case_1'],
] as const)('%s is done on %s', (act, path) => {
  expect(actLink({ ...place, act })).toBe(path);
});

it('leads to the case where there is nothing else', () => {
  expect(actLink({ ...place, act: 'late-answer', reportId: null })).toBe('/cases/case_1');
  expect(askLink({ caseId: 'case_1', debtor: null })).toBe('/inquiries/new?case=case_1');
});
