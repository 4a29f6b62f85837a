import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import verdictWords from '../../shared/verdict/words/zh-CN.json' with { type: 'json' };
import { MatrixMark } from './matrix-mark.tsx';
import { cellOf } from './fixtures.ts';

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources: { 'zh-CN': { verdict: verdictWords } } });
});
afterEach(cleanup);

const at = '2026-11-23T12:00:00+08:00';
const draw = (cell: Parameters<typeof MatrixMark>[0]['cell']) => render(<MatrixMark cell={cell} at={at} />).container;
const heard = (cell: Parameters<typeof MatrixMark>[0]['cell']) =>
  draw(cell).querySelector('.visually-hidden')?.textContent;

it('says to a screen reader what it draws', () => {
  expect(heard(cellOf('found'))).toBe('查有财产（3 项）');
  expect(heard(cellOf('nothing'))).toBe('已反馈：无财产');
  expect(heard(cellOf('no-answer', { reason: 'timed-out' }))).toBe('未反馈 · 超时');
  expect(heard(cellOf('not-asked', { notAskedCause: 'not-connected' }))).toBe('未查询 · 未接入');
});

it('is not yet answered before its due time, and looks so', () => {
  const cell = cellOf('no-answer', { reason: 'pending', dueAt: '2026-11-24T12:00:00+08:00' });
  expect(heard(cell)).toBe('尚未反馈 · 待反馈');
  expect(draw(cell).querySelector('[data-due="false"]')).not.toBeNull();
});

it('draws a ring for nothing alone: not for a silent agency, one that was not asked, or a day without a plan', () => {
  const others = [cellOf('no-answer', { reason: 'unavailable' }), cellOf('not-asked'), cellOf('found'), null];
  for (const cell of others) expect(draw(cell).querySelector('circle')).toBeNull();
  expect(draw(cellOf('nothing')).querySelector('circle')).not.toBeNull();
});

it('says the share where several were asked, and that it was an exercise', () => {
  expect(heard(cellOf('no-answer', { asked: 2, answered: 1, reason: 'timed-out', simulated: true }))).toBe(
    '未反馈 · 超时 · 1/2 家已反馈 · 演练',
  );
});
