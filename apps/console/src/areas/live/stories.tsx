import type { Story } from '../../app/story.ts';
import type { Inquiry } from '../../api/generated/types.gen.ts';
import { coverageLine } from '../../shared/verdict/line-example.ts';
import type { Connection } from './event-stream.ts';
import type { LineNow } from './line-now.ts';
import { tallyOf } from './progress-state.ts';
import { ProgressView } from './progress-view.tsx';

const now = '2026-11-22T14:06:00+08:00';
const counts = { asked: 4, answered: 2, found: 1, nothing: 1, noAnswer: 2, notAsked: 1, incomplete: 0, weak: 0 };

const inquiry: Inquiry = {
  inquiryId: 'inq_01JTEST00000000000000000000',
  caseId: 'case_01JTEST0000000000000000000',
  debtorId: 'deb_01JTEST00000000000000000000',
  status: 'running',
  purpose: 'execution',
  requestedAt: '2026-11-22T14:05:00+08:00',
  dueAt: '2026-11-23T14:05:00+08:00',
  ...{ closedAt: null, cancelledAt: null, pausedAt: null, nextAttemptAt: null, latestReport: null },
  counts,
  sentence: {
    code: 'running',
    zh: '4 家中 2 家已反馈：1 家查有财产，1 家无财产；2 家尚未反馈。',
    en: '2 of 4 agencies have answered: 1 found assets, 1 found nothing; 2 have not answered yet.',
  },
  payload: 'shown',
  byCategory: {},
  byReason: {},
  simulated: true,
  emergency: false,
  seq: 3,
  links: { self: '', events: '', report: '', lines: '' },
};

const lines: readonly LineNow[] = [
  coverageLine({
    verdict: 'found',
    reason: null,
    assetCount: 2,
    complete: true,
    attempts: 1,
    answeredAt: now,
    words: { zh: '查有财产：2 项', en: 'Assets: 2 found' },
  }),
  coverageLine({
    agencyId: 'registry.jing',
    agencyName: '京·示例省级不动产登记平台',
    category: 'real-estate',
    region: '110000',
    verdict: 'nothing',
    reason: null,
    provesAbsence: true,
    complete: true,
    attempts: 1,
    answeredAt: now,
    words: { zh: '已反馈：无财产', en: 'Answered: nothing' },
  }),
  coverageLine({
    agencyId: 'vehicle.yun',
    agencyName: '云·示例车辆管理所',
    category: 'vehicle',
    region: '530000',
    reason: 'breaker-open',
    attempts: 2,
    nextAttemptAt: '2026-11-22T14:36:00+08:00',
    words: {
      zh: '尚未反馈：机构系统连续故障，已熔断，14:36 自动再查',
      en: 'Not answered yet: Paused after repeated failures; asked again 14:36',
    },
  }),
  coverageLine({
    agencyId: 'bank.yunshan',
    agencyName: '云杉示例银行',
    dueAt: '2026-11-22T14:00:00+08:00',
    reason: 'overdue',
    slaBreached: true,
    attempts: 1,
    words: {
      zh: '未反馈：逾期；迟到反馈将形成新版报告',
      en: 'No answer: Overdue; a late answer will make a new version',
    },
  }),
  coverageLine({
    agencyId: 'bank.qingsong',
    agencyName: '青松示例银行',
    verdict: 'not-asked',
    reason: null,
    notAskedCause: 'not-connected',
    stage: null,
    words: { zh: '未查询：机构尚未接入', en: 'Not asked: no connection to this agency' },
  }),
].map((line) => ({ line, readUpTo: 1, news: null }));

const told: readonly LineNow[] = lines.map((each, at) =>
  at === 2 ? { ...each, news: { seq: 9, verdict: 'found', reason: null, assetCount: 1, answeredAt: now } } : each,
);

const story = (
  id: string,
  shown: readonly LineNow[] | null,
  { connection = 'live', ...own }: Partial<Inquiry> & { readonly connection?: Connection } = {},
): Story => ({
  id: `live/progress/${id}`,
  render: () => (
    <>
      <h1>{id}</h1>
      <ProgressView
        inquiry={{ ...inquiry, ...own }}
        lines={shown}
        tally={shown === null ? null : tallyOf(shown)}
        connection={connection}
        now={now}
        look={{ verdict: 'all', province: null }}
        onLook={() => undefined}
      />
    </>
  ),
});

export const stories: readonly Story[] = [
  story('partial', lines),
  story('news-not-read-yet', told),
  story('loading-lines', null, { connection: 'connecting' }),
  story('connection-lost', lines, { connection: 'polling' }),
  story('paused', lines, { pausedAt: now }),
  story('over', lines, { connection: 'over', closedAt: now, status: 'closed-incomplete' }),
  story('nothing-fits-the-filter', []),
];
