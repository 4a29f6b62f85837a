import type { ReactElement, ReactNode } from 'react';
import { MemoryRouter, useInRouterContext } from 'react-router';
import type { Story } from '../../app/story.ts';
import type { Anomaly, AuditEvent, LedgerVerification } from '../../api/generated/types.gen.ts';
import { AnomalyCards } from './anomaly-cards.tsx';
import { ChainState } from './chain-state.tsx';
import { EntryView } from './entry-view.tsx';
import { EventsTable } from './events-table.tsx';
import { LedgerFilterView } from './ledger-filter-view.tsx';
import { PackView } from './pack-view.tsx';
import { PersonEvents } from './person-events.tsx';
import { PersonSearch } from './person-search.tsx';

const hash = `sha256:${'0a1b2c3d'.repeat(8)}`;

export const event: AuditEvent = {
  ...{
    seq: 41,
    at: '2026-11-22T09:00:00+08:00',
    action: 'report.read',
    objectId: 'inq_1',
    caseId: 'case_1',
    debtorId: 'deb_1',
    purpose: 'execution',
  },
  actor: { userId: 'usr_zhao', role: 'officer', courtCode: '990100', via: 'ses_1' },
  ...{
    reason: null,
    shown: null,
    address: null,
    result: 'done',
    detail: {},
    caseNumber: '（2026）京9901执1号',
    hasReason: false,
    previous: hash,
    hash,
  },
};

const anomaly: Anomaly = {
  ...{ kind: 'night-burst', userId: 'usr_zhao', courtCode: '990100', caseId: null, since: '2026-11-22T01:00:00+08:00' },
  ...{ until: '2026-11-22T02:00:00+08:00', count: 24, threshold: 20, evidence: [41, 42] },
};

const intact: LedgerVerification = {
  ...{
    outcome: 'intact',
    rows: 418,
    withheld: 0,
    reasons: 12,
    checkpoints: 3,
    forgedCheckpoints: 0,
    first: 1,
    last: 418,
    lastHash: hash,
  },
  firstBroken: null,
};
const broken: LedgerVerification = {
  ...intact,
  outcome: 'broken',
  firstBroken: { seq: 7, kind: 'edited', expected: hash, found: hash.replace('0a', 'ff'), soundUpTo: 6 },
};

/** The story page has a router of its own; a test may not. */
export function InRouter({ children }: { readonly children: ReactNode }): ReactElement {
  return useInRouterContext() ? <>{children}</> : <MemoryRouter>{children}</MemoryRouter>;
}

const one = (id: string, view: ReactElement): Story => ({
  id: `audit/${id}`,
  render: () => <InRouter>{view}</InRouter>,
});

const chain = (id: string, result: LedgerVerification | null, busy = false): Story =>
  one(`chain/${id}`, <ChainState result={result} busy={busy} error={null} onVerify={() => undefined} />);

const person = (id: string, events: readonly AuditEvent[], isWhole: boolean): Story =>
  one(`person/${id}`, <PersonEvents events={events} isWhole={isWhole} busy={false} onMore={() => undefined} />);

const shown = { reportId: 'rep_1', reportVersion: 3, hash };
const pack = {
  ...{ packId: 'aud_1', from: 41, to: 42, withReasons: false, createdAt: '2026-11-22T10:00:00+08:00' },
  links: { content: '/api/v1/audit-packs/aud_1/content' },
};
const making = { busy: false, error: null, start: () => undefined };
const packed = (id: string, fetched: string | null | undefined, made: typeof pack | null = pack): Story =>
  one(
    `pack/${id}`,
    <PackView
      wanted={{ from: 41, to: 42 }}
      making={making}
      pack={made}
      fetching={{ ...making, start: () => undefined, hash: fetched }}
    />,
  );

export const stories: readonly Story[] = [
  chain('not-checked', null),
  chain('checking', null, true),
  chain('intact', intact),
  chain('broken', broken),
  one('anomalies/some', <AnomalyCards anomalies={[anomaly]} isWhole mayPack />),
  one('anomalies/none', <AnomalyCards anomalies={[]} isWhole mayPack />),
  one('anomalies/not-whole', <AnomalyCards anomalies={[]} isWhole={false} mayPack />),
  one('events/some', <EventsTable caption="audit" events={[event]} emptyReason="–" />),
  one('entry/report-shown', <EntryView event={{ ...event, shown, reason: '核对财产', hasReason: true }} />),
  one('entry/reason-unread', <EntryView event={{ ...event, hasReason: true, detail: { view: 'one' } }} />),
  one(
    'filter/some',
    <LedgerFilterView
      filter={{ action: 'report.read', actor: 'usr_zhao', caseId: null, days: 7 }}
      onChange={() => undefined}
    />,
  ),
  packed('to-make', undefined, null),
  packed('made', undefined),
  packed('fetched', hash),
  packed('fetched-no-hash', null),
  person('whole', [event], true),
  person('newest', [event], false),
  person('none', [], true),
  { id: 'audit/person/search', render: () => <PersonSearch onSearch={() => undefined} /> },
];
