import type { CaseNote, CoverageLine, Inquiry, RequeryItem, Schedule } from '../../api/generated/types.gen.ts';
import { coverageLine } from '../../shared/verdict/line-example.ts';

const at = '2026-11-22T14:05:00+08:00';

/** An invented inquiry that is over; two of its four agencies have not answered. */
export const inquiry: Inquiry = {
  ...{ inquiryId: 'inq_1', caseId: 'case_1', debtorId: 'deb_1', status: 'partial', purpose: 'execution' },
  ...{ requestedAt: at, dueAt: at, closedAt: at, cancelledAt: null, pausedAt: null, nextAttemptAt: null },
  counts: { asked: 4, answered: 2, found: 1, nothing: 1, noAnswer: 2, notAsked: 0, incomplete: 0, weak: 0 },
  sentence: {
    code: 'found-partial',
    zh: '4 家中 2 家已反馈：1 家查有财产，1 家无财产；2 家未反馈。',
    en: '2 of 4 agencies answered: 1 found assets, 1 found nothing; 2 did not answer.',
  },
  ...{ payload: 'shown', byCategory: {}, byReason: {}, simulated: true, emergency: false, seq: 9 },
  latestReport: null,
  links: { self: '', events: '', report: '', lines: '' },
};

export const wholeInquiry: Inquiry = {
  ...inquiry,
  counts: { ...inquiry.counts, answered: 4, nothing: 3, noAnswer: 0 },
  sentence: {
    code: 'found-full',
    zh: '4 家均已反馈：1 家查有财产，3 家无财产。',
    en: 'All 4 agencies answered: 1 found assets, 3 found nothing.',
  },
};

export const openLines: readonly CoverageLine[] = [
  coverageLine({
    ...{ reason: 'unavailable', stage: null, slaBreached: true, attempts: 4 },
    words: { zh: '未反馈：机构系统不可用', en: 'No answer: the agency is not available' },
  }),
  coverageLine({
    ...{ agencyId: 'vehicle.yun', agencyName: '云·示例车辆管理所', category: 'vehicle', typicalMs: null },
    ...{ reason: 'returned', stage: null, slaBreached: true, attempts: 1, nextAttemptAt: '2026-11-23T08:30:00+08:00' },
    words: { zh: '未反馈：机构退回', en: 'No answer: sent back by the agency' },
  }),
];

export const requeries: readonly RequeryItem[] = [
  { seq: 8, at, cause: 'recovery', by: null, reason: null, agencyIds: ['bank.bailu'] },
  { seq: 7, at, cause: 'officer', by: 'usr_zhao', reason: '补查车辆', agencyIds: ['vehicle.yun'] },
];

type Run = Schedule['runs'][number];

const run = (runNo: number, dueOn: string, more: Partial<Run> = {}): Run => ({
  ...{ runNo, dueOn, state: 'planned', preparedAt: null, inquiryId: null, sentAt: null, comparisonId: null },
  ...{ settledAt: null, attempts: 0, failure: null, ...more },
});

/** A schedule with a run in every state. */
export const schedule: Schedule = {
  ...{ scheduleId: 'sch_1', caseId: 'case_1', debtorId: 'deb_1', inquiryId: 'inq_1' },
  ...{ purpose: 'post-termination-requery', intervalMonths: 6, years: 5 },
  ...{ startsOn: '2025-05-22', endsOn: '2029-11-22', nextDueOn: '2027-11-22' },
  scope: { categories: 'all', agencies: 'all-entitled', except: [] },
  ...{
    state: 'active',
    stateReason: '终本后定期查询',
    stateBy: 'usr_zhao',
    stateAt: at,
    createdBy: 'usr_zhao',
    createdAt: at,
  },
  runs: [
    run(1, '2025-05-22', { state: 'compared', inquiryId: 'inq_2', sentAt: at, comparisonId: 'cmp_1', settledAt: at }),
    run(2, '2025-11-22', { state: 'missed', settledAt: at }),
    run(3, '2026-05-22', { state: 'failed', inquiryId: 'inq_3', sentAt: at, attempts: 5, failure: 'nothing-before' }),
    run(4, '2026-11-22', { state: 'sent', inquiryId: 'inq_4', sentAt: at }),
    run(5, '2027-05-22', { state: 'prepared', preparedAt: at }),
    run(6, '2027-11-22'),
  ],
};

export const ended: Schedule = {
  ...schedule,
  ...{ scheduleId: 'sch_2', state: 'ended', stateReason: '已恢复执行', nextDueOn: null },
  runs: [run(1, '2027-05-22', { state: 'dropped', settledAt: at })],
};

export const notes: readonly CaseNote[] = [
  {
    noteId: 'note_1',
    caseId: 'case_1',
    text: '已约谈，待提交财产申报。',
    writtenBy: 'usr_zhao',
    writerName: '赵某',
    writtenAt: at,
  },
];
