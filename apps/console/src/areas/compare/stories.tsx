import type { ReactElement } from 'react';
import type { Story } from '../../app/story.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { partialReport } from '../report/report-example.ts';
import { CaseNotesView } from './case-notes-view.tsx';
import { compareExample } from './compare-example.ts';
import { ComparisonView } from './comparison-view.tsx';
import type { Compared } from './compared.ts';
import { ended, inquiry, notes, openLines, requeries, schedule, wholeInquiry } from './follow-up-example.ts';
import { NewScheduleForm } from './new-schedule-form.tsx';
import { NoPair } from './no-pair.tsx';
import { Draft } from './notice-draft.tsx';
import { RequeryView } from './requery-view.tsx';
import { ScheduleActs } from './schedule-acts.tsx';
import { ScheduleView } from './schedule-view.tsx';
import { SchedulesView } from './schedules-view.tsx';

const story = (id: string, render: () => ReactElement): Story => ({ id: `compare/${id}`, render });
const gone = new TypeError('failed to fetch');
const problem = (status: number, code: string, errors: readonly object[] = []) => ({
  ...{ type: `/problems/${code}`, title: code, status, code, detail: '演练。', instance: '/api/v1' },
  ...{ requestId: 'req_1', errors },
});
const missing = {
  code: 'state-does-not-allow',
  pointer: '/purpose',
  detail: '案件已恢复执行。',
  fix: '请结束定期复查。',
};

const whole = compareExample(partialReport);
/** Nothing differs but that somebody has not answered. */
const silent: Compared = {
  ...whole,
  changes: {
    ...whole.changes,
    ...{ added: [], removed: [], undecided: [], changed: [], reviewed: [], signals: [], askedDifferently: [] },
    scopeChanged: { added: [], removed: [] },
    counts: { lines: { 'still-no-answer': 1 }, assets: {} },
    lines: whole.changes.lines.filter(({ transition }) => transition === 'still-no-answer'),
    sentence: {
      zh: '与 2026-05-20 第 1 版相比：已比对部分无变化，1 家无法判断。',
      en: 'Compared with version 1 of 2026-05-20: no change in what could be compared; 1 agency cannot be compared.',
    },
  },
};

const comparison = (id: string, data: Compared | undefined, error: unknown = null): Story =>
  story(`comparison/${id}`, () => (
    <QueryState query={{ data, error }} rows={8}>
      {(compared) => <ComparisonView compared={compared} />}
    </QueryState>
  ));

const pair = { older: 'rep_1', newer: 'rep_2' };
const acts = { busy: false, onOpen: () => {}, onClose: () => {}, onConfirm: () => {} };
const writing = { mayWrite: true, busy: false, error: null, onWrite: () => {} };

export const stories: readonly Story[] = [
  comparison('every-transition', whole),
  comparison('only-silence', silent),
  comparison('loading', undefined),
  comparison('failed', undefined, gone),
  comparison('forbidden', undefined, problem(403, 'not-allowed')),
  comparison('old', whole, gone),
  story('comparison/nothing-chosen', () => <NoPair kind="nothing-chosen" nextDueOn={null} />),
  story('comparison/only-one', () => <NoPair kind="only-one" nextDueOn="2027-05-22" />),
  story('comparison/unreadable', () => <NoPair kind="unreadable" pair={pair} nextDueOn={null} />),
  story('notice/draft', () => (
    <Draft
      draft={{
        ...{ comparisonId: 'cmp_1', title: '财产查控情况告知书（稿）', undecided: 1, simulated: true },
        paragraphs: [
          '【演练】本稿依据模拟反馈生成，不得送达。',
          '以下机构本次未反馈，不能据此认定被执行人在该机构没有财产：白鹭示例银行。',
        ],
      }}
    />
  )),
  story('follow-up/unanswered', () => <RequeryView inquiry={inquiry} lines={openLines} requeries={requeries} />),
  story('follow-up/all-answered', () => <RequeryView inquiry={wholeInquiry} lines={[]} requeries={[]} />),
  story('follow-up/not-listed', () => <RequeryView inquiry={inquiry} lines={[]} requeries={null} />),
  story('schedule/every-run', () => (
    <>
      <ScheduleView schedule={schedule} />
      <ScheduleActs {...acts} schedule={schedule} open={null} error={null} />
    </>
  )),
  story('schedule/refused', () => (
    <ScheduleActs {...acts} schedule={schedule} open={null} error={problem(422, 'purpose-guard', [missing])} />
  )),
  story('schedule/ended', () => <ScheduleView schedule={ended} />),
  story('schedule/new', () => <NewScheduleForm busy={false} error={null} onMake={() => {}} />),
  story('schedule/not-made', () => (
    <NewScheduleForm busy={false} error={problem(400, 'validation', [missing])} onMake={() => {}} />
  )),
  story('schedules/some', () => <SchedulesView schedules={[ended, schedule]} isDue={false} isWhole={false} />),
  story('schedules/none', () => <SchedulesView schedules={[]} isDue={false} isWhole />),
  story('schedules/none-due', () => <SchedulesView schedules={[]} isDue isWhole />),
  story('notes/some', () => (
    <CaseNotesView {...writing} notes={{ data: { items: [...notes], nextCursor: null }, error: null }} />
  )),
  story('notes/none', () => (
    <CaseNotesView {...writing} notes={{ data: { items: [], nextCursor: null }, error: null }} />
  )),
  story('notes/failed', () => <CaseNotesView {...writing} notes={{ data: undefined, error: gone }} />),
];
