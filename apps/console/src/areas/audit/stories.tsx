import type { Story } from '../../app/story.ts';
import type { Anomaly, AuditEvent, AuditPack, LedgerVerification } from '../../api/generated/types.gen.ts';
import { AnomalyCards } from './anomaly-cards.tsx';
import { ChainState } from './chain-state.tsx';
import { EventsTable } from './events-table.tsx';
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

const chain = (id: string, result: LedgerVerification | null, busy = false): Story => ({
  id: `audit/chain/${id}`,
  render: () => <ChainState result={result} busy={busy} error={null} onVerify={() => undefined} />,
});

const pack = (id: string, made: AuditPack | null): Story => ({
  id: `audit/pack/${id}`,
  render: () => <PackView pack={made} busy={false} error={null} onMake={() => undefined} />,
});

const person = (id: string, events: readonly AuditEvent[], isWhole: boolean): Story => ({
  id: `audit/person/${id}`,
  render: () => <PersonEvents events={events} isWhole={isWhole} busy={false} onMore={() => undefined} />,
});

export const stories: readonly Story[] = [
  chain('not-checked', null),
  chain('checking', null, true),
  chain('intact', intact),
  chain('broken', broken),
  { id: 'audit/anomalies/some', render: () => <AnomalyCards anomalies={[anomaly]} /> },
  { id: 'audit/anomalies/none', render: () => <AnomalyCards anomalies={[]} /> },
  { id: 'audit/events/some', render: () => <EventsTable caption="audit" events={[event]} emptyReason="–" /> },
  person('whole', [event], true),
  person('newest', [event], false),
  person('none', [], true),
  pack('empty', null),
  pack('made', {
    ...{ packId: 'aud_1', from: 1, to: 418, withReasons: false, createdAt: '2026-11-22T09:00:00+08:00' },
    links: { content: '/api/v1/audit-packs/aud_1/content' },
  }),
  { id: 'audit/person/search', render: () => <PersonSearch onSearch={() => undefined} /> },
];
