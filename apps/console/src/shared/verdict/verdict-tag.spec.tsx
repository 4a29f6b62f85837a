import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import words from './words/zh-CN.json' with { type: 'json' };
import { VerdictTag } from './verdict-tag.tsx';
import type { VerdictSeen } from './verdict-seen.ts';

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources: { 'zh-CN': { verdict: words } } });
});
afterEach(cleanup);

const cases: readonly (readonly [VerdictSeen, string, string])[] = [
  [{ verdict: 'found', count: 3, complete: true }, '查有财产（3 项）', 'rect'],
  [{ verdict: 'found', count: 3, complete: false }, '查有财产（3 项） · 反馈不完整', 'rect'],
  [{ verdict: 'nothing', proof: 'established' }, '已反馈：无财产', 'circle'],
  [{ verdict: 'nothing', proof: 'weak' }, '已反馈：无财产（不足以认定）', 'circle'],
  [{ verdict: 'no-answer', reason: 'timed-out', due: true }, '未反馈 · 超时', 'pattern'],
  [{ verdict: 'no-answer', reason: 'pending', due: false }, '尚未反馈 · 待反馈', 'pattern'],
  [{ verdict: 'not-asked', cause: 'not-connected' }, '未查询 · 未接入', 'rect'],
];

it.each(cases)('%j reads %s', (seen, text, shape) => {
  const { container } = render(<VerdictTag seen={seen} />);
  expect(container.textContent).toBe(text);
  expect(container.querySelector(`svg ${shape}`)).not.toBeNull();
  // the ring belongs to `nothing` alone
  expect(container.querySelector('circle') !== null).toBe(seen.verdict === 'nothing');
});
