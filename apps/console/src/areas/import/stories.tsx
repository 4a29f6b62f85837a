import { rareCharacters } from '#contracts';
import type { ReactElement } from 'react';
import type { Story } from '../../app/story.ts';
import type { Import, ImportRow } from '../../api/generated/types.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ListView } from './list-view.tsx';
import { SendView, type SendViewProps } from './send-view.tsx';
import { StartView } from './start-view.tsx';

const story = (id: string, render: () => ReactElement): Story => ({ id: `import/${id}`, render });

const row = (no: number, change: Partial<ImportRow>): ImportRow => ({
  ...{ row: no, state: 'ready', caseNumber: '（2026）京9901执1号', nameMasked: '张*', idMasked: '1101**********4112' },
  ...{ inquiryId: null, problems: [], rareCharacters: [] },
  ...change,
});
const wrong: ImportRow['problems'] = [
  {
    ...{ field: 'idNumber', code: 'checksum-failed' },
    words: { zh: '校验位不符', en: 'Its check digit does not agree' },
    fix: { zh: '请核对原件', en: 'Check the original' },
  },
];
const running: ImportRow['problems'] = [
  {
    ...{ field: null, code: 'running' },
    words: { zh: '对此人的查询正在进行', en: 'An inquiry about this person is under way' },
    fix: { zh: '等它完成', en: 'Wait for it' },
  },
];

const list: Import = {
  ...{
    importId: 'imp_1',
    format: 'csv',
    encoding: 'gb18030',
    templateOutdated: false,
    hash: `sha256:${'0a'.repeat(32)}`,
  },
  ...{ createdAt: '2026-11-23T09:00:00+08:00', expiresAt: '2026-11-26T09:00:00+08:00', missingFields: [] },
  headers: ['案号', '姓名', '身份证号'],
  mapping: { caseNumber: 0, name: 1, idNumber: 2 },
  counts: { rows: 4, ready: 1, fixable: 1, blocked: 1, sent: 1 },
  rows: [
    row(2, { rareCharacters: rareCharacters('𠮷\uE863') }),
    row(3, { state: 'fixable', problems: wrong }),
    row(4, { state: 'blocked', problems: running }),
    row(5, { state: 'sent', inquiryId: 'inq_1' }),
  ],
};
const noColumns: Import = { ...list, mapping: {}, missingFields: ['caseNumber', 'name', 'idNumber'] };
const quiet = { busy: false, error: null, onChange: () => undefined };
const sending: SendViewProps = {
  ...{ ready: 3, progress: null, busy: false, error: null },
  draft: {
    document: { documentName: '协助查询存款通知书', documentNumber: 'W1', fileId: 'file_1', fileName: 'notice.pdf' },
    ...{ purpose: 'execution', reason: '' },
  },
  upload: { busy: false, error: null, start: () => undefined },
  ...{ onDraft: () => undefined, onSend: () => undefined, onStop: () => undefined },
};
const unreadable = {
  ...{
    type: '/problems/validation',
    title: '内容不符合要求',
    status: 400,
    code: 'validation',
    instance: '/api/v1/imports',
  },
  ...{ detail: 'The file cannot be read as a list.', requestId: 'req_1' },
  errors: [
    {
      pointer: '/file',
      code: 'encoding',
      detail: 'The text is neither UTF-8 nor GB 18030.',
      fix: 'Save it as CSV UTF-8.',
    },
  ],
};

const view = (id: string, of: Import): Story =>
  story(`list/${id}`, () => (
    <ListView view={of} onAnother={() => undefined} mapping={quiet}>
      <SendView {...sending} ready={of.counts.ready} />
    </ListView>
  ));

export const stories: readonly Story[] = [
  story('start/empty', () => <StartView busy={false} error={null} onBring={() => undefined} />),
  story('start/reading', () => <StartView busy error={null} onBring={() => undefined} />),
  story('start/unreadable', () => <StartView busy={false} error={unreadable} onBring={() => undefined} />),
  view('some', list),
  view('columns-missing', noColumns),
  view('nothing-ready', { ...list, counts: { ...list.counts, ready: 0 } }),
  story('list/loading', () => <QueryState query={{ data: undefined, error: null }}>{() => null}</QueryState>),
  story('send/busy', () => <SendView {...sending} busy progress={{ confirmed: 30, sent: 19, refused: 1 }} />),
  story('send/stopped', () => <SendView {...sending} ready={10} progress={{ confirmed: 30, sent: 19, refused: 1 }} />),
  story('send/failed', () => <SendView {...sending} error={new TypeError('failed to fetch')} />),
  story('send/cut', () => (
    <SendView
      {...sending}
      error={new TypeError('failed to fetch')}
      progress={{ confirmed: 30, sent: 19, refused: 1 }}
    />
  )),
];
