import { afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react/pure';
import i18next from 'i18next';
import type { ReactElement } from 'react';
import { initReactI18next } from 'react-i18next';
import stateWords from '../../shared/state/words/zh-CN.json' with { type: 'json' };
import { AnomalyCards } from './anomaly-cards.tsx';
import { EntryView } from './entry-view.tsx';
import { PackView } from './pack-view.tsx';
import { event, InRouter } from './stories.tsx';
import words from './words/zh-CN.json' with { type: 'json' };

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'zh-CN', resources: { 'zh-CN': { audit: words, state: stateWords } } });
});
afterEach(cleanup);
const show = (view: ReactElement): HTMLElement => render(view, { wrapper: InRouter }).container;
const entry = (container: HTMLElement, name: string) =>
  container.querySelector(`[data-entry="${name}"] dd`)?.textContent ?? null;

it('says of an entry which version was shown, and of a reason that could not be read that there is one', () => {
  const shown = { reportId: 'rep_1', reportVersion: 3, hash: `sha256:${'0'.repeat(64)}` };
  const read = show(<EntryView event={{ ...event, shown, reason: '核对财产', hasReason: true }} />);
  expect(entry(read, 'shown')).toContain('rep_1，第 3 版');
  expect(entry(read, 'reason')).toBe('核对财产');
  cleanup();
  const unread = show(<EntryView event={{ ...event, hasReason: true }} />);
  expect(entry(unread, 'reason')).toContain('未能读取');
  expect(entry(unread, 'shown')).toBe('未展示报告');
});

it('says that no rule was touched only where everything was looked at', () => {
  expect(show(<AnomalyCards anomalies={[]} isWhole mayPack />).textContent).toContain('没有触发规则的情形');
  cleanup();
  const part = show(<AnomalyCards anomalies={[]} isWhole={false} mayPack />).textContent;
  expect(part).toContain('仅查看了较新的部分');
  expect(part).toContain('已查看的留痕中');
});

it('makes a pack only with a range that can be and with a reason', () => {
  const start = jest.fn();
  const idle = { busy: false, error: null, start };
  show(<PackView wanted={{ from: 41, to: 42 }} making={idle} pack={null} fetching={{ ...idle, hash: undefined }} />);
  const make = screen.getByRole<HTMLButtonElement>('button', { name: '制作证据包' });
  expect(make.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('制作事由（留痕）'), { target: { value: '核查夜间查询' } });
  expect(make.disabled).toBe(false);
  fireEvent.change(screen.getByLabelText('至第几条'), { target: { value: '40' } });
  expect(make.disabled).toBe(true);
  screen.getByText('应为不小于起始序号的整数。');
  fireEvent.change(screen.getByLabelText('至第几条'), { target: { value: '' } });
  fireEvent.click(make);
  expect(start).toHaveBeenCalledWith({ from: 41, to: null, withReasons: false, reason: '核查夜间查询' });
});
