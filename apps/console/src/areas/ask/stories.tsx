import type { Story } from '../../app/story.ts';
import type { Case, InquiryPreview } from '../../api/generated/types.gen.ts';
import type { QueryLike } from '../../shared/state/query-state.tsx';
import { AskView } from './ask-view.tsx';

const of: Case = {
  ...{
    caseId: 'case_01JTEST0000000000000000000',
    caseNumber: '（2026）京9901执1号',
    courtCode: '990100',
    courtName: '某市某区人民法院',
  },
  ...{
    legalBasis: '（2025）京9901民初7号民事判决书',
    claim: { amount: '2000000.00', currency: 'CNY' },
    filedOn: '2026-02-01',
  },
  ...{
    executionNoticeOn: '2026-02-10',
    preservation: null,
    state: 'in-progress',
    version: 1,
    createdAt: '2026-02-01T09:00:00+08:00',
    warnings: [],
  },
  debtors: [
    { debtorId: 'deb_01JTEST00000000000000000000', kind: 'natural', nameMasked: '张*', idMasked: '110100********4112' },
  ],
};

const preview: InquiryPreview = {
  counts: { asked: 60, notAsked: 1 },
  byCategory: {
    bank: { asked: 44, notAsked: 1 },
    'real-estate': { asked: 10, notAsked: 0 },
    vehicle: { asked: 6, notAsked: 0 },
  },
  notAsked: [
    {
      agencyId: 'bank.qingsong',
      agencyName: '青松示例银行',
      category: 'bank',
      cause: 'not-connected',
      officerNotRegistered: false,
    },
  ],
  missing: [],
  approvalNeeded: false,
  longestTypicalMs: 86_400_000,
  asked: [],
  forecast: { minutes: 54, nextDay: 6, longer: 0, unknown: 0 },
  recent: null,
  lastDocument: null,
};

const document = {
  documentName: '（2026）京9901执1号协助查询存款通知书',
  documentNumber: 'W20260301000001',
  fileId: 'file_1',
  fileName: 'notice.pdf',
};

const story = (
  id: string,
  query: QueryLike<InquiryPreview>,
  more: { readonly unknown?: boolean; readonly bare?: boolean } = {},
): Story => ({
  id: `ask/sheet/${id}`,
  render: () => (
    <>
      <h1>{id}</h1>
      <AskView
        of={of}
        draft={{
          ...{
            caseId: of.caseId,
            debtorId: 'deb_01JTEST00000000000000000000',
            purpose: 'execution',
            categories: null,
            reason: '',
          },
          document: more.bare ? { ...document, documentNumber: '', fileId: null, fileName: null } : document,
        }}
        onDraft={() => undefined}
        preview={query}
        upload={{ busy: false, error: null, start: () => undefined }}
        sending={{
          busy: more.unknown ?? false,
          unknown: more.unknown ?? false,
          error: null,
          sent: null,
          start: () => undefined,
        }}
      />
    </>
  ),
});

const there = (own: Partial<InquiryPreview> = {}): QueryLike<InquiryPreview> => ({
  data: { ...preview, ...own },
  error: null,
});
const missing = [
  { rule: 'G5', code: 'document-missing', detail: '没有法律文书。', fix: '请上传协助查询通知书。', link: null },
];
const recent = {
  inquiryId: 'inq_1',
  requestedAt: '2026-11-20T10:00:00+08:00',
  isRunning: false,
  asked: 31,
  answered: 27,
};

export const stories: readonly Story[] = [
  story('complete', there()),
  story('document-missing', there({ missing }), { bare: true }),
  story('asked-lately', there({ recent })),
  story('approval-needed', there({ approvalNeeded: true })),
  story('nobody-to-ask', there({ counts: { asked: 0, notAsked: 61 } })),
  story('is-it-accepted', there(), { unknown: true }),
  story('loading', { data: undefined, error: null }),
  story('failed', { data: undefined, error: new TypeError('failed to fetch') }),
];
