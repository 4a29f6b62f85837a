import {
  type CaseView,
  caseViewSchema,
  type DebtorView,
  debtorViewSchema,
  fileViewSchema,
  type InquiryView,
  inquiryViewSchema,
  meViewSchema,
  type NewDebtor,
} from '#contracts';
import type { ApiClient } from './api-client.ts';
import { sampleNotice } from './assistance-notice.ts';

interface Question {
  readonly name: string; // of the debtor
  readonly number: string; // of the debtor's identifier
  readonly dueAt: Date;
}

/** What the demo says about the inquiry it has made. */
export interface Asked {
  readonly inquiryId: string;
  readonly asked: number; // agencies
  readonly caseNumber: string;
  readonly debtorMasked: string;
}

/** Case, debtor, notice, inquiry: the same four calls a program of a court would make. */
export async function askOnce(api: ApiClient, { name, number, dueAt }: Question): Promise<Asked> {
  const enforcement = await openCase(api);
  const { caseId, caseNumber } = enforcement;
  const debtor = await api.post(`/cases/${caseId}/debtors`, newDebtor(name, number), debtorViewSchema);
  const inquiry = await inquireInto(api, { enforcement, debtor, dueAt });
  const debtorMasked = `${debtor.nameMasked} ${debtor.ids[0]?.numberMasked ?? ''}`;
  return { inquiryId: inquiry.inquiryId, asked: inquiry.counts.asked, caseNumber, debtorMasked };
}

async function openCase(api: ApiClient): Promise<CaseView> {
  const { courtCode, courtName } = await api.get('/me', meViewSchema);
  const enforcement = {
    caseNumber: '（2026）京9901执1号',
    courtCode,
    courtName,
    legalBasis: '（2025）京9901民初7号民事判决书',
    claim: { amount: '2000000.00', currency: 'CNY' },
    filedOn: '2026-02-01',
    executionNoticeOn: '2026-02-10',
  };
  return api.post('/cases', enforcement, caseViewSchema);
}

const noticeNumber = 'W20260301000001';

interface Parties {
  readonly enforcement: CaseView;
  readonly debtor: DebtorView;
  readonly dueAt: Date;
}

async function inquireInto(api: ApiClient, { enforcement, debtor, dueAt }: Parties): Promise<InquiryView> {
  const { caseId, caseNumber } = enforcement;
  const notice = { name: 'notice.pdf', bytes: sampleNotice(noticeNumber) };
  const { fileId } = await api.upload('/files', notice, fileViewSchema);
  const inquiry = {
    caseId,
    debtorId: debtor.debtorId,
    purpose: 'execution',
    scope: { categories: 'all', agencies: 'all-entitled', except: [] },
    legal: { documentName: `${caseNumber}协助查询存款通知书`, documentNumber: noticeNumber, fileId },
    dueAt: dueAt.toISOString(),
  };
  return api.post('/inquiries', inquiry, inquiryViewSchema);
}

/** A company has a unified social credit code of 18 characters with a letter before the last one; everything else is a person. */
function newDebtor(name: string, number: string): Pick<NewDebtor, 'kind' | 'name' | 'role' | 'ids'> {
  const isCompany = /[A-HJ-NPQRTUWXY]/i.test(number.trim().slice(0, -1));
  const identifier = {
    type: isCompany ? ('uscc' as const) : ('citizen-id' as const),
    number,
    country: null,
    issuer: null,
  };
  return { kind: isCompany ? 'legal' : 'natural', name, role: 'debtor-under-execution', ids: [identifier] };
}
