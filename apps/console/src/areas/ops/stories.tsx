import type { ReactElement } from 'react';
import type { Story } from '../../app/story.ts';
import type {
  Agency,
  AgencyFigures,
  BreakerTransition,
  Channel,
  Incident,
  OperationsEvent,
  Quarantined,
} from '../../api/generated/types.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { AgencyActs } from './agency-acts.tsx';
import { AgencyFiguresView } from './agency-figures-view.tsx';
import { ChannelsView } from './channels-view.tsx';
import { EventsView } from './events-view.tsx';
import { IncidentsView } from './incidents-view.tsx';
import { QuarantineView } from './quarantine-view.tsx';
import { ReadAt } from './read-at.tsx';
import { TransitionsView } from './transitions-view.tsx';

const at = '2026-11-22T14:05:00+08:00';
const quiet = () => undefined;

const incident: Incident = {
  ...{ agencyId: 'vehicle.jing', channelId: 'vehicle-national', state: 'open', since: at },
  ...{ nameZh: '京·示例车辆管理所', nameEn: 'Jing example vehicle bureau' },
  ...{ cause: 'failures', reason: 'timed-out', reasonCode: null },
  waiting: { inquiries: 214, courts: 9, more: false },
};

export const channel: Channel = {
  ...{ channelId: 'bank-national', nameZh: '银行（模拟）', nameEn: 'Banks (simulated)', adapterId: 'bank-zdz' },
  ...{ adapterVersion: '1.0.0', mode: 'mailbox', state: 'normal', pausedReason: null, simulated: true },
  ...{ agencies: 31, workers: 2, breakers: { closed: 28, halfOpen: 1, open: 2 } },
  queue: { waiting: 3, active: 1, delayed: 2, failed: 0 },
};
const channels: readonly Channel[] = [
  channel,
  { ...channel, channelId: 'held', state: 'paused', pausedReason: '线路维护' },
  { ...channel, channelId: 'nobody', state: 'unhosted', workers: 0, queue: null },
];

const agency: Agency = {
  ...{ agencyId: 'vehicle.jing', nameZh: '京·示例车辆管理所', nameEn: 'Jing example vehicle bureau' },
  ...{ category: 'vehicle', region: '110000', connected: true, channelId: 'vehicle-national', mode: 'call' },
  ...{ adapterId: 'vehicle', matchRule: null, delivers: [], legalPrerequisites: [], typicalMs: 900, promisedMs: null },
  ...{ paused: false, breaker: { state: 'open', since: at }, lastPolledAt: null, simulated: true },
};

const hour = (no: number, p50: number | null): AgencyFigures['hours'][number] => ({
  from: `2026-11-22T${String(no).padStart(2, '0')}:00:00+08:00`,
  entries: { found: p50 === null ? 0 : 3, nothing: 0, noAnswer: p50 === null ? 4 : 0 },
  p50,
});
const figures: AgencyFigures = {
  ...{ agencyId: 'vehicle.jing', from: '2026-11-21T14:05:00+08:00', at, lastEntryAt: at, lastAnswerAt: at },
  entries: { found: 120, nothing: 300, noAnswer: 14 },
  waitMs: { p50: 900, p95: 2_400, p99: 11_000 },
  hours: [900, 950, 1_200, null, null, 800, 870].map((p50, no) => hour(no, p50)),
};

const transition: BreakerTransition = {
  ...{ transitionId: 'brt_1', channelId: 'vehicle-national', agencyId: 'vehicle.jing', at, workerId: 'wrk_1' },
  ...{ from: 'closed', to: 'open' },
  cause: { code: 'failures', failures: [{ reason: 'timed-out', reasonCode: null, count: 5 }] },
};

const event: OperationsEvent = {
  ...{ eventId: 'ope_1', kind: 'all-nothing-suspected', channelId: 'bank-national', agencyId: 'bank.bailu' },
  ...{ inquiryId: null, at, lastAt: at, count: 1, detail: { window: 40, nothing: 40 } },
};

const message: Quarantined = {
  ...{ quarantineId: 'ans_1', channelId: 'bank-national', agencyId: 'bank.bailu', inquiryId: 'inq_1', source: 'door' },
  ...{ state: 'waiting', attempts: 1, paths: ['/feedback/account/balance'], sizeBytes: 2_048, at, lastReadAt: null },
};

const story = (id: string, render: () => ReactElement): Story => ({ id: `ops/${id}`, render });

export const stories: readonly Story[] = [
  story('operations/failing', () => <IncidentsView items={[incident]} onAskAgain={quiet} />),
  story('operations/only-looking', () => <IncidentsView items={[incident]} onAskAgain={null} />),
  story('operations/nothing-fails', () => <IncidentsView items={[]} onAskAgain={quiet} />),
  story('operations/channels', () => <ChannelsView items={channels} onHold={quiet} />),
  story('operations/no-channel', () => <ChannelsView items={[]} onHold={null} />),
  story('operations/old', () => <ReadAt at={1} />),
  story('operations/failed', () => (
    <QueryState query={{ data: undefined, error: new TypeError('failed to fetch') }}>{() => null}</QueryState>
  )),
  story('agency/open', () => <AgencyActs agency={agency} onHold={quiet} onReset={quiet} />),
  story('agency/unknown', () => <AgencyActs agency={{ ...agency, breaker: null }} onHold={null} onReset={null} />),
  story('agency/figures', () => <AgencyFiguresView figures={figures} />),
  story('agency/no-figures', () => (
    <AgencyFiguresView
      figures={{
        ...figures,
        ...{ entries: { found: 0, nothing: 0, noAnswer: 0 }, waitMs: null, lastEntryAt: null, lastAnswerAt: null },
        hours: figures.hours.map(({ from }) => ({ from, entries: { found: 0, nothing: 0, noAnswer: 0 }, p50: null })),
      }}
    />
  )),
  story('agency/transitions', () => <TransitionsView items={[transition]} />),
  story('events/some', () => <EventsView items={[event]} isFiltered={false} />),
  story('events/none', () => <EventsView items={[]} isFiltered />),
  story('quarantine/waiting', () => (
    <QuarantineView
      items={[message]}
      state="waiting"
      onState={quiet}
      chosen={['ans_1']}
      onChoose={quiet}
      onReplay={quiet}
    />
  )),
  story('quarantine/none', () => (
    <QuarantineView items={[]} state="given-up" onState={quiet} chosen={[]} onChoose={null} onReplay={quiet} />
  )),
];
