import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { cleanup, render } from '@testing-library/react/pure';
import i18next from 'i18next';
import type { ReactElement } from 'react';
import { initReactI18next } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import tableWords from '../../shared/table/words/zh-CN.json' with { type: 'json' };
import verdictWords from '../../shared/verdict/words/zh-CN.json' with { type: 'json' };
import words from './words/zh-CN.json' with { type: 'json' };
import { ended, inquiry, openLines, requeries, schedule, wholeInquiry } from './follow-up-example.ts';
import { RequeryView } from './requery-view.tsx';
import { ScheduleView } from './schedule-view.tsx';
import { SchedulesView } from './schedules-view.tsx';

beforeAll(async () => {
  const resources = { 'zh-CN': { compare: words, verdict: verdictWords, table: tableWords, shell: {}, state: {} } };
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources });
});
afterEach(cleanup);
const show = (view: ReactElement): HTMLElement => render(<MemoryRouter>{view}</MemoryRouter>).container;

it('says which agencies are asked again, why, and how long it takes', () => {
  const container = show(<RequeryView inquiry={inquiry} lines={openLines} requeries={requeries} />);
  const rows = [...container.querySelectorAll('tbody tr[data-row-key]')];
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.querySelector('.verdict-tag')?.getAttribute('data-verdict')).toBe('no-answer');
  expect(rows[1]?.textContent).toContain('无记录'); // nobody knows how long it takes, which is no time at all
  expect(container.querySelectorAll('[data-cause]')).toHaveLength(2);
});

it('says that nothing is to be asked only where everybody has answered', () => {
  expect(show(<RequeryView inquiry={wholeInquiry} lines={[]} requeries={[]} />).textContent).toContain('无需补查');
  cleanup();
  const unread = show(<RequeryView inquiry={inquiry} lines={[]} requeries={null} />).textContent ?? '';
  expect(unread).not.toContain('无需补查');
  expect(unread).toContain('未能读取');
});

it('tells a schedule in words, and every run that was missed or has failed', () => {
  const container = show(<ScheduleView schedule={schedule} />);
  expect(container.textContent).toContain('每六个月，至 2029-11');
  const runs = [...container.querySelectorAll('[data-run]')].map((run) => run.getAttribute('data-run'));
  expect(runs).toEqual(['compared', 'missed', 'failed', 'sent', 'prepared', 'planned']);
  expect(container.querySelector('[data-run="missed"]')?.textContent).toContain('逾期未发出');
  expect(container.querySelector('[data-run="failed"]')?.textContent).toContain('nothing-before');
});

it('lists what is due before what has ended', () => {
  const rows = [
    ...show(<SchedulesView schedules={[ended, schedule]} isDue={false} isWhole />).querySelectorAll(
      'tbody tr[data-row-key]',
    ),
  ];
  expect(rows.map((row) => row.getAttribute('data-row-key'))).toEqual(['sch_1', 'sch_2']);
  expect(rows[0]?.textContent).toContain('2 次逾期未发出或者未能比对');
});
