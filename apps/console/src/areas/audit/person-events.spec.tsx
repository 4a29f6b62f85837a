import { afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react/pure';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import tableWords from '../../shared/table/words/zh-CN.json' with { type: 'json' };
import { PersonEvents } from './person-events.tsx';
import { event, InRouter } from './stories.tsx';
import words from './words/zh-CN.json' with { type: 'json' };

beforeAll(async () => {
  const resources = { 'zh-CN': { audit: words, table: tableWords } };
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources });
});
afterEach(cleanup);

const events = Array.from({ length: 60 }, (_, at) => ({ ...event, seq: at + 1 }));

it('says "everything" only when everything has been read', () => {
  const onMore = jest.fn();
  const { rerender } = render(<PersonEvents events={events} isWhole={false} busy={false} onMore={onMore} />, {
    wrapper: InRouter,
  });
  expect(screen.queryByText(/全部留痕/)).toBeNull();
  screen.getByText(/最近 60 条；更早的尚未显示/);
  fireEvent.click(screen.getByRole('button', { name: '继续显示更早的留痕' }));
  expect(onMore).toHaveBeenCalledTimes(1);
  rerender(<PersonEvents events={events} isWhole busy={false} onMore={onMore} />);
  screen.getByText(/全部留痕/);
  expect(screen.queryByRole('button')).toBeNull();
});
