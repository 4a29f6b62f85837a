import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** States of a channel, of which exactly one is current. */
const channelStates = ['open', 'paused', 'unauthorized', 'disabled'] as const;
export type ChannelState = (typeof channelStates)[number];
export type BreakerState = 'closed' | 'half-open' | 'open';
export type AskPhase = 'queue' | 'pace' | 'call' | 'parse' | 'store';
type OfChannel = { readonly channelId: string };

/**
 * Everything that is counted and measured (api.md §10). Labels are channels, categories, verdicts, reasons, phases,
 * routes and queues: never a person, case, inquiry or agency. Durations come in milliseconds and go out in seconds.
 */
export type Metrics = {
  built(of: { version: string; commit: string; profile: string }): void;
  inquiry(of: {
    purpose: string;
    outcome: 'accepted' | 'complete' | 'closed-incomplete' | 'cancelled' | 'refused';
  }): void;
  inquiriesOpen(of: { status: string; count: number }): void;
  answered(of: OfChannel & { category: string; verdict: string; reason: string | null }): void;
  simulated(of: OfChannel): void;
  overdue(of: OfChannel & { ratio: number }): void;
  askTook(of: OfChannel & { phase: AskPhase; ms: number }): void;
  asksInFlight(of: OfChannel & { count: number }): void;
  attempted(of: OfChannel & { outcome: 'first' | 'again' | 'gave-up' }): void;
  breakers(of: OfChannel & { state: BreakerState; count: number }): void;
  breakerChanged(of: OfChannel & { to: BreakerState }): void;
  channelState(of: OfChannel & { state: ChannelState }): void;
  lastAnswer(of: OfChannel & { at: Date }): void;
  nothingShare(of: OfChannel & { ratio: number }): void;
  quarantined(of: OfChannel): void;
  credentialEnds(of: OfChannel & { credential: string; at: Date }): void;
  queueJobs(of: { queue: string; state: string; count: number }): void;
  oldestJob(of: { queue: string; ageMs: number }): void;
  recreated(of: { kind: string; count: number }): void;
  journalFlushed(of: { ms: number; answers: number }): void;
  merged(of: { ms: number; cause: string }): void;
  reportCreated(of: { cause: string }): void;
  reportClosed(of: { answered: number; asked: number }): void;
  httpServed(of: { method: string; route: string; status: number; ms: number }): void;
  audited(of: { action: string }): void;
  auditChain(of: { ok: boolean }): void;
  streams(of: { stream: string; count: number }): void;
  doorCalled(of: OfChannel & { operation?: string; result: string }): void;
};

/** A registry of its own, so that several processes' worth of metrics can live in one (embedded shape, tests). */
export function createRegistry(options: { readonly withProcess: boolean }): Registry {
  const registry = new Registry();
  if (options.withProcess) collectDefaultMetrics({ register: registry });
  return registry;
}

/** Registers every metric and gives the functions that feed them. Once per registry. */
export function createMetrics(registry: Registry): Metrics {
  return {
    ...inquiryMetrics(registry),
    ...channelMetrics(registry),
    ...workMetrics(registry),
    ...webMetrics(registry),
  };
}

/** The text that `/metrics` answers with. */
export async function readMetrics(registry: Registry): Promise<{ contentType: string; text: string }> {
  return { contentType: registry.contentType, text: await registry.metrics() };
}

const quick = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const slow = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 600];
const shares = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Makers bound to a registry; a metric is named once, where it is made. */
function makers(registry: Registry) {
  const registers = [registry];
  return {
    counter: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Counter({ name, help, labelNames: [...labelNames], registers }),
    gauge: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Gauge({ name, help, labelNames: [...labelNames], registers }),
    histogram: <L extends string>(name: string, help: string, more: { buckets: number[]; labelNames?: readonly L[] }) =>
      new Histogram({ name, help, buckets: more.buckets, labelNames: [...(more.labelNames ?? [])], registers }),
  };
}

type InquiryMetrics = Pick<
  Metrics,
  'built' | 'inquiry' | 'inquiriesOpen' | 'answered' | 'simulated' | 'merged' | 'reportCreated' | 'reportClosed'
>;

function inquiryMetrics(registry: Registry): InquiryMetrics {
  const { counter, gauge, histogram } = makers(registry);
  const build = gauge('chakong_build_info', 'Always 1', ['version', 'commit', 'profile']);
  const inquiries = counter('chakong_inquiries_total', 'Inquiries by outcome', ['purpose', 'outcome']);
  const open = gauge('chakong_inquiries_open', 'Inquiries that are not settled', ['status']);
  const answers = counter('chakong_answers_total', 'Answers, and lines without one', [
    'channel',
    'category',
    'verdict',
    'reason',
  ]);
  const simulated = counter('chakong_simulated_answers_total', 'Answers of simulators; 0 in production', ['channel']);
  const merge = histogram('chakong_merge_seconds', 'Time to merge an inquiry', {
    buckets: quick,
    labelNames: ['cause'],
  });
  const versions = counter('chakong_report_versions_total', 'Report versions by cause', ['cause']);
  const coverage = histogram('chakong_report_coverage_ratio', 'Answered of asked when an inquiry closes', {
    buckets: shares,
  });
  return {
    built: (of) => build.set(of, 1),
    inquiry: (of) => inquiries.inc(of),
    inquiriesOpen: ({ status, count }) => open.set({ status }, count),
    answered: ({ channelId, category, verdict, reason }) =>
      answers.inc({ channel: channelId, category, verdict, reason: reason ?? '' }),
    simulated: ({ channelId }) => simulated.inc({ channel: channelId }),
    merged: ({ ms, cause }) => merge.observe({ cause }, ms / 1000),
    reportCreated: (of) => versions.inc(of),
    reportClosed: ({ answered, asked }) => coverage.observe(asked === 0 ? 1 : answered / asked),
  };
}

type ChannelMetrics = Pick<
  Metrics,
  | 'overdue'
  | 'askTook'
  | 'asksInFlight'
  | 'attempted'
  | 'breakers'
  | 'breakerChanged'
  | 'channelState'
  | 'lastAnswer'
  | 'nothingShare'
  | 'quarantined'
  | 'credentialEnds'
>;

function channelMetrics(registry: Registry): ChannelMetrics {
  const { counter, gauge, histogram } = makers(registry);
  const overdue = gauge('chakong_answer_overdue_ratio', 'Share of lines past their due time', ['channel']);
  const asks = histogram('chakong_ask_duration_seconds', 'Where the time of an ask goes', {
    buckets: slow,
    labelNames: ['channel', 'phase'],
  });
  const inFlight = gauge('chakong_asks_in_flight', 'Asks on the wire', ['channel']);
  const attempts = counter('chakong_attempts_total', 'Attempts to ask', ['channel', 'outcome']);
  const breakers = gauge('chakong_breakers', 'Agencies whose breaker is in this state', ['channel', 'state']);
  const transitions = counter('chakong_breaker_transitions_total', 'Breaker changes', ['channel', 'to']);
  const states = gauge('chakong_channel_state', '1 for the current state', ['channel', 'state']);
  const last = gauge('chakong_channel_last_answer_timestamp_seconds', 'Time of the last answer', ['channel']);
  const nothing = gauge('chakong_channel_nothing_ratio', 'Share of answers that say nothing', ['channel']);
  const quarantined = counter('chakong_unintelligible_total', 'Answers that could not be read', ['channel']);
  const ends = gauge('chakong_channel_credential_expiry_timestamp_seconds', 'When a certificate of the channel ends', [
    'channel',
    'credential',
  ]);
  return {
    credentialEnds: ({ channelId, credential, at }) =>
      ends.set({ channel: channelId, credential }, at.getTime() / 1000),
    overdue: ({ channelId, ratio }) => overdue.set({ channel: channelId }, ratio),
    askTook: ({ channelId, phase, ms }) => asks.observe({ channel: channelId, phase }, ms / 1000),
    asksInFlight: ({ channelId, count }) => inFlight.set({ channel: channelId }, count),
    attempted: ({ channelId, outcome }) => attempts.inc({ channel: channelId, outcome }),
    breakers: ({ channelId, state, count }) => breakers.set({ channel: channelId, state }, count),
    breakerChanged: ({ channelId, to }) => transitions.inc({ channel: channelId, to }),
    channelState: ({ channelId, state }) => {
      for (const each of channelStates) states.set({ channel: channelId, state: each }, each === state ? 1 : 0);
    },
    lastAnswer: ({ channelId, at }) => last.set({ channel: channelId }, at.getTime() / 1000),
    nothingShare: ({ channelId, ratio }) => nothing.set({ channel: channelId }, ratio),
    quarantined: ({ channelId }) => quarantined.inc({ channel: channelId }),
  };
}

type WorkMetrics = Pick<Metrics, 'queueJobs' | 'oldestJob' | 'recreated' | 'journalFlushed'>;

function workMetrics(registry: Registry): WorkMetrics {
  const { counter, gauge, histogram } = makers(registry);
  const jobs = gauge('chakong_queue_jobs', 'Jobs in the queue', ['queue', 'state']);
  const oldest = gauge('chakong_queue_oldest_job_age_seconds', 'Age of the oldest waiting job', ['queue']);
  const recreated = counter('chakong_reconciler_recreated_total', 'Jobs made again from the database', ['kind']);
  const flush = histogram('chakong_journal_flush_seconds', 'Time to write a batch of answers', { buckets: quick });
  const batch = histogram('chakong_journal_batch_size', 'Answers written at once', { buckets: sizes });
  return {
    queueJobs: ({ queue, state, count }) => jobs.set({ queue, state }, count),
    oldestJob: ({ queue, ageMs }) => oldest.set({ queue }, ageMs / 1000),
    recreated: ({ kind, count }) => recreated.inc({ kind }, count),
    journalFlushed: ({ ms, answers }) => {
      flush.observe(ms / 1000);
      batch.observe(answers);
    },
  };
}

type WebMetrics = Pick<Metrics, 'httpServed' | 'audited' | 'auditChain' | 'streams' | 'doorCalled'>;

function webMetrics(registry: Registry): WebMetrics {
  const { counter, gauge, histogram } = makers(registry);
  const labelNames = ['method', 'route', 'status'] as const;
  const http = histogram('chakong_http_request_duration_seconds', 'By route pattern, never by path', {
    buckets: slow,
    labelNames,
  });
  const streams = gauge('chakong_sse_connections', 'Open event streams', ['stream']);
  const audited = counter('chakong_audit_events_total', 'Events put into the ledger', ['action']);
  const chain = gauge('chakong_audit_chain_ok', '1 as long as the ledger is what was written, 0 from when it is not');
  const doors = counter('chakong_door_requests_total', 'Calls of agencies at our doors', [
    'channel',
    'operation',
    'result',
  ]);
  return {
    httpServed: ({ method, route, status, ms }) => http.observe({ method, route, status: String(status) }, ms / 1000),
    audited: (of) => audited.inc(of),
    auditChain: ({ ok }) => chain.set(ok ? 1 : 0),
    streams: ({ stream, count }) => streams.set({ stream }, count),
    doorCalled: ({ channelId, operation, result }) =>
      doors.inc({ channel: channelId, operation: operation ?? '', result }),
  };
}
