import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { cleanup, render } from '@testing-library/react/pure';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import tableWords from '../../shared/table/words/zh-CN.json' with { type: 'json' };
import verdictWords from '../../shared/verdict/words/zh-CN.json' with { type: 'json' };
import { stories } from './stories.tsx';
import words from './words/zh-CN.json' with { type: 'json' };

beforeAll(async () => {
  const resources = { 'zh-CN': { catalogue: words, verdict: verdictWords, table: tableWords } };
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources });
});
afterEach(cleanup);

const statesIn = (id: string): readonly string[] => {
  const story = stories.find((each) => each.id === `catalogue/agencies/${id}`);
  const { container } = render(<>{story?.render()}</>);
  return [...container.querySelectorAll('tbody tr[data-row-key]')].map(
    (row) => row.querySelectorAll('td')[3]?.textContent ?? '',
  );
};

it('tells a state that was just read as the present one', () => {
  expect(statesIn('some').slice(0, 3)).toEqual(['正常', '熔断', '未接入']);
});

it('tells a state that is older than five minutes with its time, and not as the present one', () => {
  const [first, second, notConnected] = statesIn('old');
  expect(first).toBe('10:05:00 时：正常（现状不明）');
  expect(second).toContain('现状不明');
  expect(notConnected).toBe('未接入'); // that is no state of its service
});
