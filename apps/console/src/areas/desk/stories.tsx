import type { ReactElement } from 'react';
import { MemoryRouter, useInRouterContext } from 'react-router';
import type { Story } from '../../app/story.ts';
import type { QueryLike } from '../../shared/state/query-state.tsx';
import { CaseListView } from './case-list-view.tsx';
import type { CasePageViewProps } from './case-page-props.ts';
import { CasePageView } from './case-page-view.tsx';
import { IdentityChips } from './debtor-chips.tsx';
import { emptyDebtor } from './debtor-draft.ts';
import { NewDebtorView } from './new-debtor-view.tsx';
import type { DeskRows } from './desk-table.tsx';
import { file, itemOf, matrix, now } from './fixtures.ts';
import { HotkeyList } from './hotkey-help.tsx';
import { emptyCase } from './new-case-draft.ts';
import { NewCaseView } from './new-case-view.tsx';
import { SearchView } from './search-view.tsx';
import { WorkbenchView } from './workbench-view.tsx';

const ready = <Data,>(data: Data): QueryLike<Data> => ({ data, error: null });
const loading: QueryLike<never> = { data: undefined, error: null };
const refused = (status: number): QueryLike<never> => ({
  data: undefined,
  error: { type: '', title: '', code: 'x', instance: '', status, detail: '演练。', requestId: 'req_1', errors: [] },
});
const stale = <Data,>(data: Data): QueryLike<Data> => ({
  data,
  error: new TypeError('x'),
  dataUpdatedAt: Date.parse(now),
});

const sentence = {
  code: 'nothing-partial' as const,
  zh: '31 家中 27 家已反馈，均无；4 家未反馈，不能认定无财产。',
  en: '27 of 31 answered; 4 did not.',
};
const items = [
  itemOf('overdue', { lastSentence: sentence }),
  itemOf('ask-again', { lastSentence: sentence, state: 'resumed' }),
  itemOf('ready-to-ask', { inquiryId: null, progress: null, dueAt: null, missing: ['execution-notice-on'] }),
  itemOf('no-debtor', {
    inquiryId: null,
    progress: null,
    dueAt: null,
    debtor: null,
    debtorCount: 0,
    missing: ['debtor', 'claim'],
  }),
  itemOf('running', { progress: null }),
];
const rows: DeskRows = { items, more: () => undefined, isReading: false };
const counters = {
  acts: [
    { act: 'overdue' as const, cases: 1 },
    { act: 'ask-again' as const, cases: 4 },
  ],
  considered: 5,
  isWhole: true,
  at: now,
};
const linkTo = (act: string | null) => (act === null ? '/' : `/?act=${act}`);

const workbench = (desk: QueryLike<DeskRows>, counted: QueryLike<typeof counters> = ready(counters)) => (
  <WorkbenchView desk={desk} counters={counted} act={null} linkTo={linkTo} mayWrite />
);
const list = (desk: QueryLike<DeskRows>) => (
  <CaseListView desk={desk} filter={{ state: 'in-progress', act: null }} onFilter={() => undefined} mayWrite />
);

const inquiries = {
  nextCursor: null,
  items: [
    {
      inquiryId: 'inq_1',
      caseId: 'case_1',
      debtorId: 'deb_1',
      purpose: 'execution' as const,
      requestedAt: now,
      dueAt: now,
      closedAt: null,
      latestReport: null,
    },
  ],
};
const officers = {
  items: [
    {
      userId: 'usr_1',
      name: '赵执',
      since: now,
      assignedBy: 'usr_1',
      reason: null,
      until: null,
      endedBy: null,
      endReason: null,
    },
  ],
};
const chips = (
  <IdentityChips
    debtor={{
      role: 'debtor-under-execution',
      ids: [{ type: 'citizen-id', numberMasked: '1101**********4112', checksum: 'ok' }],
      warnings: [{ code: 'rare-character', pointer: '/name', detail: '㐱 U+3431' }],
    }}
  />
);
const page: CasePageViewProps = {
  ...{ file: ready(file), matrix: ready(matrix), inquiries: ready(inquiries), officers: ready(officers) },
  ...{ handOvers: ready({ items: [] }), debtorId: null, onDebtor: () => undefined, mayWrite: true, mayAsk: true },
  ...{ mayFollow: true, adding: null, onAdd: () => undefined, chipsOf: () => chips },
};
const debtorForm = (
  <NewDebtorView
    draft={{ ...emptyDebtor, name: '王䶮\uE863' }}
    errors={[{ field: 'ids', text: '请填写证件号码。' }]}
    {...{ failure: null, isSending: false }}
    {...{ onChange: () => undefined, onSubmit: () => undefined, onCancel: () => undefined }}
  />
);
const caseForm = (wrong: boolean) => (
  <NewCaseView
    draft={emptyCase}
    court="某市某区人民法院 (990100)"
    errors={wrong ? [{ field: 'caseNumber', text: '请填写案号。' }] : []}
    {...{ failure: null, isSending: false, onChange: () => undefined, onSubmit: () => undefined }}
  />
);
const search = (found: Parameters<typeof SearchView>[0]['found'], failure: unknown = null) => (
  <SearchView
    {...{ typed: '张', found, failure, isSearching: false }}
    {...{ onType: () => undefined, onSearch: () => undefined, onFollow: () => undefined }}
  />
);
const searched = [{ by: 'name' as const, within: 'newest' as const, cases: 200 }];

const all: readonly (readonly [string, () => ReactElement])[] = [
  ['workbench/ready', () => workbench(ready(rows))],
  ['workbench/empty', () => workbench(ready({ ...rows, items: [] }))],
  ['workbench/loading', () => workbench(loading)],
  ['workbench/partial', () => workbench(ready(rows), loading)],
  ['workbench/error', () => workbench(refused(503))],
  ['workbench/forbidden', () => workbench(refused(403))],
  ['workbench/stale', () => workbench(stale(rows))],
  ['cases/ready', () => list(ready(rows))],
  ['cases/empty', () => list(ready({ ...rows, items: [], more: null }))],
  ['cases/loading', () => list(loading)],
  ['cases/error', () => list(refused(503))],
  ['new-case/empty', () => caseForm(false)],
  ['new-case/error', () => caseForm(true)],
  ['case/ready', () => <CasePageView {...page} />],
  [
    'case/empty',
    () => (
      <CasePageView
        {...page}
        file={ready({ ...file, debtors: [] })}
        matrix={ready({ ...matrix, rows: [], columns: [] })}
        inquiries={ready({ items: [], nextCursor: null })}
      />
    ),
  ],
  ['case/loading', () => <CasePageView {...page} file={loading} />],
  ['case/partial', () => <CasePageView {...page} matrix={loading} inquiries={loading} />],
  ['case/error', () => <CasePageView {...page} matrix={refused(503)} />],
  ['case/forbidden', () => <CasePageView {...page} file={refused(404)} />],
  ['case/stale', () => <CasePageView {...page} matrix={stale(matrix)} />],
  ['case/add-debtor', () => <CasePageView {...page} adding={debtorForm} />],
  [
    'search/found',
    () =>
      search({
        items: [
          {
            by: 'name',
            caseId: 'case_1',
            caseNumber: file.caseNumber,
            inquiryId: null,
            debtor: file.debtors[0] ?? null,
          },
        ],
        isCut: false,
        searched,
      }),
  ],
  ['search/nothing-found', () => search({ items: [], isCut: false, searched })],
  ['search/error', () => search(null, new TypeError('x'))],
  ['help/keys', () => <HotkeyList />],
];

export const stories: readonly Story[] = all.map(([name, render]) => ({
  id: `desk/${name}`,
  render: () => <Routed render={render} />,
}));

/** Links need a place to lead from, also where a story is drawn alone. */
function Routed({ render }: { readonly render: () => ReactElement }): ReactElement {
  const isRouted = useInRouterContext();
  return isRouted ? render() : <MemoryRouter>{render()}</MemoryRouter>;
}
