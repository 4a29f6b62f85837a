import { noAnswerSaid, type Adapter, type AdapterLog, type AdapterSession, type Agency } from '#contracts';
import type { BreakerReport, ChannelConfig, Inquiry, Manifest, Said, WorkingClock } from '#contracts';
import { heldForMs, heldPassage, type Access } from './access.ts';
import { askOnce, type AskingParts, type Exchange } from './asking.ts';
import { breakers, type Breakers } from './breaker.ts';
import type { AgencyBreaker } from './breaker-circuit.ts';
import type { BreakerRegister } from './breaker-register.ts';
import { exchangeTicket, type KeepReply } from './collecting.ts';
import { guardsOf } from './channel-guards.ts';
import { openHttp, type Http } from './http-port.ts';
import type { SharedPace } from './pace-buckets.ts';
import { replayOnce, type Recorded } from './replay.ts';
import { stamping, type Answered, type AskingRequest, type Passage, type Stamp, type StampParts } from './stamp.ts';
import { tlsTrust } from './tls-trust.ts';
import { takeTurns } from './turns.ts';

/** One configured connection that serves one or many agencies: the only door through which an agency is asked. */
export interface Channel {
  readonly config: ChannelConfig;
  readonly manifest: Manifest;
  readonly mode: ChannelConfig['mode'];
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly session: AdapterSession;
  /**
   * One answer per asking, as they come, at most `limits.concurrency` at once over all inquiries. Whatever an agency or
   * an adapter does becomes an answer with its reason; only a fault of the gateway itself is thrown. When the signal is
   * aborted it ends, and what has not been answered is not yielded.
   */
  ask(inquiry: Inquiry, askings: readonly AskingRequest[], signal: AbortSignal): AsyncIterable<Answered>;
  /** Modes `mailbox` and `batch`: the answer that an agency fed back. */
  stampFeedback(inquiry: Inquiry, request: AskingRequest, fedBack: FedBack): Answered;
  /** Modes `mailbox` and `batch`: the answer that stands instead of sending, see `AdapterSession.unsendable`. */
  stampUnsent(inquiry: Inquiry, request: AskingRequest, said: Said): Answered;
  /** Reads recorded messages again, without asking: an answer that was `unintelligible` may be one after a repair. */
  replay(
    inquiry: Inquiry,
    request: AskingRequest,
    again: { readonly recorded: Recorded; readonly signal: AbortSignal },
  ): Promise<Answered>;
  /** The breakers that are not closed. */
  breakerStates(): readonly BreakerReport[];
  /** Closes the breaker of an agency, or all of them, by decision of an operator, here and at the other replicas. */
  resetBreakers(agencyId: string | null): Promise<void>;
  close(): Promise<void>;
}

/** What came in at a door or in a file, with the bytes it came in. */
export interface FedBack {
  readonly said: Said;
  readonly raw: Uint8Array;
  readonly simulated: boolean;
  readonly receivedAt?: Date; // of bytes that are read again; otherwise now
}

export interface ChannelParts extends StampParts {
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly log: AdapterLog;
  readonly secret: (name: string) => string;
  readonly isPaused: (agencyId: string) => boolean;
  readonly onBreakerChange: (report: BreakerReport) => void;
  readonly onExchange?: (measured: Exchange) => void;
  readonly clock?: WorkingClock | null; // null or left out: the agencies are always open
  readonly keepReply?: KeepReply; // mode `ticket` only
  /** The agency is back; of several replicas only the one that closed its breaker is told. */
  readonly onBreakerClosed?: (agencyId: string) => void;
  readonly register?: BreakerRegister; // without one the breakers of this process are alone
  readonly sharedPace?: SharedPace; // without one the pace is kept by this process alone
  /** Hears whether an agency accepts our access; see `holdWhenUnauthorized` of the configuration. */
  readonly access?: Access;
}

const simulatedHeader = 'x-chakong-simulated';

/**
 * Before: apps/worker/src/ask-shard.ts gives the askings of one shard. Here: guards stand around every exchange (pace,
 * breaker, deadline), and every agency gets its answer. After: the adapter speaks the wire
 * (libs/adapters/src/<profile>/adapter.ts), and the worker journals the answers.
 *
 * @throws z.ZodError if the settings are not those of the adapter, Error if it cannot work in the channel's mode
 */
export function openChannel(adapter: Adapter, parts: ChannelParts): Channel {
  const { config, now } = parts;
  const session = openSession(adapter, parts);
  const stamp = stamping(adapter, parts);
  const circuit = breakers(config.breaker, breakerParts(parts));
  const http = config.baseUrl === null ? null : httpOf(parts, config.baseUrl);
  return {
    config,
    manifest: adapter.manifest,
    mode: config.mode,
    agencies: parts.agencies,
    session,
    ask: http ? asker(parts, stamp, { session, http, circuit }) : notAsked,
    ...mailboxStamps(stamp),
    async replay(inquiry, request, again) {
      const replaying = { openSession: () => openSession(adapter, parts), session, asking: { log: parts.log, now } };
      return stamp(inquiry, request, await replayOnce(replaying, inquiry, { request, ...again }));
    },
    breakerStates: () => circuit.notClosed().map((each) => reportOf(each, parts)),
    resetBreakers: (agencyId) => circuit.reset(agencyId),
    async close() {
      await session.close?.();
      await http?.close();
      circuit.close();
    },
  };
}

const leaseGraceMs = 2_000; // for claiming, and for telling how the probe went

function breakerParts(parts: ChannelParts): Parameters<typeof breakers>[1] {
  const { config, now, register, onBreakerClosed, clock } = parts;
  return {
    now,
    onChange: (each) => parts.onBreakerChange(reportOf(each, parts)),
    probeLeaseMs: config.limits.deadlineMs + leaseGraceMs,
    ...(register && { register }),
    ...(onBreakerClosed && { onClosed: onBreakerClosed }),
    ...(clock && { clock }),
  };
}

interface Opened {
  readonly session: AdapterSession;
  readonly http: Http;
  readonly circuit: Breakers;
}

type OneExchange = (inquiry: Inquiry, asked: { request: AskingRequest; signal: AbortSignal }) => Promise<Answered>;

function asker(parts: ChannelParts, stamp: Stamp, { session, http, circuit }: Opened): Channel['ask'] {
  const { config, log, now, isPaused, onExchange = () => undefined } = parts;
  const turns = takeTurns(config.limits.concurrency);
  const breakerOf = ({ agencyId }: Agency): AgencyBreaker =>
    circuit.stateOf(agencyId) ?? { agencyId, state: 'closed', since: now() };
  const asking = { http, guardFor: guardsOf(parts, circuit), breakerOf, log, now, onExchange };
  const exchange = exchangeOf(parts, { session, asking, stamp });
  return (inquiry, askings, signal) => {
    const answer = async (request: AskingRequest): Promise<Answered> => {
      if (!isPaused(request.agency.agencyId)) return exchange(inquiry, { request, signal });
      const heldUntil = new Date(now().getTime() + heldForMs);
      return stamp(inquiry, request, { ...unsent(heldSaid), breaker: breakerOf(request.agency), heldUntil });
    };
    return turns.asTheyCome(askings, answer, signal);
  };
}

interface Exchanging {
  readonly session: AdapterSession;
  readonly asking: Omit<AskingParts, 'ask'>;
  readonly stamp: Stamp;
}

/** What one exchange is in this mode: a call, or a step with a ticket. */
function exchangeOf(parts: ChannelParts, { session, asking, stamp }: Exchanging): OneExchange {
  const { config, now, random, keepReply = async () => undefined } = parts;
  const { submit, collect, ask } = session;
  if (config.mode === 'ticket' && submit && collect) {
    const held = (request: AskingRequest, passage: Passage) => heldPassage(parts, request, passage);
    const own = { submit: submit.bind(session), collect: collect.bind(session) };
    return (inquiry, asked) =>
      exchangeTicket({ ...own, asking, config, stamp, now, random, keepReply, held }, inquiry, asked);
  }
  if (!ask) return notAsked;
  const calling: AskingParts = { ...asking, ask: ask.bind(session) };
  return async (inquiry, asked) =>
    stamp(inquiry, asked.request, heldPassage(parts, asked.request, await askOnce(calling, inquiry, asked)));
}

const heldSaid = noAnswerSaid('pending', { stage: 'held' });

const unsent = (said: Said) => ({
  said,
  attempted: false,
  sentAt: null,
  raw: [],
  simulated: false,
  breaker: 'none' as const,
});

const notAsked = (): never => {
  throw new Error('the tasks of these agencies lie ready for them; they are not asked');
};

function mailboxStamps(stamp: Stamp): Pick<Channel, 'stampFeedback' | 'stampUnsent'> {
  return {
    stampFeedback(inquiry, request, { said, raw, simulated, receivedAt }) {
      const sentAt = request.firstSentAt === null ? null : new Date(request.firstSentAt);
      const passage = { said, attempted: true, sentAt, raw: [raw], simulated, breaker: 'none' as const };
      return stamp(inquiry, request, { ...passage, ...(receivedAt && { receivedAt }) });
    },
    stampUnsent: (inquiry, request, said) => stamp(inquiry, request, unsent(said)),
  };
}

function openSession(adapter: Adapter, { config, log, agencies, secret, now }: ChannelParts): AdapterSession {
  const settings = adapter.settings.parse(config.settings);
  const session = adapter.open({ settings, log, agencies, secret, now, allowedNetworks: config.allowedNetworks });
  if (!isAble(session, config) || !adapter.manifest.modes.includes(config.mode)) {
    throw new Error(
      `channel ${config.channelId}: the adapter ${adapter.manifest.id} cannot work in mode ${config.mode}`,
    );
  }
  return session;
}

/** What a session must be able to do in each mode. A clerk needs nothing of an adapter but its manifest. */
function isAble(session: AdapterSession, { mode, baseUrl }: ChannelConfig): boolean {
  if (mode === 'call') return session.ask !== undefined && baseUrl !== null;
  if (mode === 'ticket') return session.submit !== undefined && session.collect !== undefined && baseUrl !== null;
  if (mode === 'mailbox') return session.receive !== undefined;
  if (mode === 'batch') return session.batch !== undefined;
  return true;
}

function httpOf({ config, secret }: ChannelParts, baseUrl: string): Http {
  const { limits, allowedNetworks, tls } = config;
  const { maxReplyBytes, concurrency } = limits;
  return openHttp({
    ...{ baseUrl, maxReplyBytes, connections: concurrency, simulatedHeader, allowedNetworks },
    ...(tls && { tls: tlsTrust(tls, secret) }),
  });
}

function reportOf({ agencyId, state, since }: AgencyBreaker, { config, toInstant }: ChannelParts): BreakerReport {
  return { channelId: config.channelId, agencyId, state, since: toInstant(since) };
}
