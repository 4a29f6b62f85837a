import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { rareCharacters } from '#contracts';
import rareWords from '../../shared/rare-characters/words/zh-CN.json' with { type: 'json' };
import stateWords from '../../shared/state/words/zh-CN.json' with { type: 'json' };
import tableWords from '../../shared/table/words/zh-CN.json' with { type: 'json' };
import askWords from '../ask/words/zh-CN.json' with { type: 'json' };
import { RowsTable } from './rows-table.tsx';
import { SendView, type SendViewProps } from './send-view.tsx';
import words from './words/zh-CN.json' with { type: 'json' };

beforeAll(async () => {
  const namespaces = {
    ...{ import: words, ask: askWords, state: stateWords, table: tableWords },
    'rare-characters': rareWords,
  };
  await i18next.use(initReactI18next).init({
    ...{ lng: 'zh-CN', resources: { 'zh-CN': namespaces }, interpolation: { escapeValue: false } },
  });
});
afterEach(cleanup);

const legal = { documentName: '协助查询存款通知书', documentNumber: 'W1', fileId: 'file_1', fileName: 'notice.pdf' };
const sending: SendViewProps = {
  ...{ ready: 3, progress: null, busy: false, error: null },
  draft: { document: legal, purpose: 'execution', reason: '' },
  upload: { busy: false, error: null, start: () => undefined },
  ...{ onDraft: () => undefined, onSend: () => undefined, onStop: () => undefined },
};
const told = () => document.querySelector('[data-sent]')?.textContent;
const buttonOf = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

it('sends the number that was confirmed, and has another number confirmed anew', () => {
  const sent: number[] = [];
  const onSend = (confirmed: number) => void sent.push(confirmed);
  const { rerender } = render(<SendView {...sending} onSend={onSend} />);
  expect(buttonOf('发送 3 条').disabled).toBe(true);
  fireEvent.click(screen.getByLabelText('我已核对，确认发送 3 条'));
  fireEvent.click(buttonOf('发送 3 条'));
  expect(sent).toEqual([3]);
  rerender(<SendView {...sending} onSend={onSend} ready={2} />);
  expect(buttonOf('发送 2 条').disabled).toBe(true);
});

it('sends nothing without the notice, however often it is confirmed', () => {
  const draft = { ...sending.draft, document: { ...legal, fileId: null } };
  render(<SendView {...sending} draft={draft} />);
  fireEvent.click(screen.getByLabelText('我已核对，确认发送 3 条'));
  expect(buttonOf('发送 3 条').disabled).toBe(true);
});

it('says how many are left when it was stopped, and not when the last step told nothing', () => {
  const progress = { confirmed: 30, sent: 19, refused: 1 };
  const { rerender } = render(<SendView {...sending} progress={progress} />);
  expect(told()).toMatch(/已发出 19，被拒 1。 10 条尚未发出/);
  rerender(<SendView {...sending} progress={progress} error={new TypeError('failed to fetch')} />);
  expect(told()).toMatch(/已知发出 19.*结果未知/);
  expect(told()).not.toMatch(/尚未发出/);
});

it('tells of every row its verdict, all that is wrong, what is rare in the name, and its inquiry', () => {
  const of = { caseNumber: '（2026）京9901执1号', nameMasked: '张*', idMasked: '1101**********4112' };
  const problem = (code: string) => ({
    ...{ code, field: 'idNumber' as const },
    words: { zh: `${code} 不对`, en: code },
    fix: { zh: `改 ${code}`, en: code },
  });
  const rows = [
    {
      ...{ ...of, row: 2, state: 'fixable' as const, inquiryId: null, rareCharacters: rareCharacters('张䶮') },
      problems: [problem('a'), problem('b')],
    },
    { ...of, row: 5, state: 'sent' as const, inquiryId: 'inq_1', rareCharacters: [], problems: [] },
  ];
  render(
    <MemoryRouter>
      <RowsTable rows={rows} />
    </MemoryRouter>,
  );
  expect(screen.getByText('证件号码：', { exact: false, selector: 'li:first-child' }).textContent).toMatch(/a 不对/);
  expect(screen.getByText(/b 不对 → 改 b/)).toBeTruthy();
  expect(screen.getByText(/U\+4DAE/)).toBeTruthy();
  expect(screen.getByRole('link', { name: '查看查询' }).getAttribute('href')).toBe('/inquiries/inq_1');
  fireEvent.click(screen.getByRole('button', { name: '不可发送' }));
  expect(screen.getByText('没有这一结果的行。')).toBeTruthy();
});
