import { noAnswerSaid, type Adapter, type AdapterLog, type AdapterSession, type Agency } from '#contracts';
import type { BreakerReport, ChannelConfig, Inquiry, Manifest, Said } from '#contracts';
import { askOnce, type AskingParts, type Exchange } from './asking.ts';
import { breakers, type AgencyBreaker, type Breakers } from './breaker.ts';
import { deadline } from './deadline.ts';
import { breakerVerdict } from './failure-policy.ts';
import { nest, type Guard } from './guard.ts';
import { openHttp, type Http } from './http-port.ts';
import { pace } from './pace.ts';
import { replayOnce, type Recorded } from './replay.ts';
import { stamping, type Answered, type AskingRequest, type Passage, type Stamp, type StampParts } from './stamp.ts';
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
  /** Mode `mailbox`: the answer that an agency fed back. */
  stampFeedback(inquiry: Inquiry, request: AskingRequest, fedBack: FedBack): Answered;
  /** Mode `mailbox`: the answer that stands instead of sending, see `AdapterSession.unsendable`. */
  stampUnsent(inquiry: Inquiry, request: AskingRequest, said: Said): Answered;
  /** Reads recorded messages again, without asking: an answer that was `unintelligible` may be one after a repair. */
  replay(
    inquiry: Inquiry,
    request: AskingRequest,
    again: { readonly recorded: Recorded; readonly signal: AbortSignal },
  ): Promise<Answered>;
  /** The breakers that are not closed. */
  breakerStates(): readonly BreakerReport[];
  /** Closes the breaker of an agency, or all of them, by decision of an operator. */
  resetBreakers(agencyId: string | null): void;
  close(): Promise<void>;
}

/** What came in at a door, with the bytes it came in. */
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
  /** Hears whether an agency accepts our access; see `holdWhenUnauthorized` of the configuration. */
  readonly access?: Access;
}

/** Told of every exchange in which an agency looked at our credentials. */
export interface Access {
  /** From now on `isPaused` says so of this agency, if it is to be held. */
  refused(agencyId: string): void;
  accepted(agencyId: string): void;
}

const heldForMs = 30_000; // until a paused agency is looked at again
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
  const circuit = breakers(config.breaker, { now, onChange: (each) => parts.onBreakerChange(reportOf(each, parts)) });
  const http = config.baseUrl === null ? null : httpOf(config, config.baseUrl);
  return {
    config,
    manifest: adapter.manifest,
    mode: config.mode,
    agencies: parts.agencies,
    session,
    ask: session.ask && http ? asker(parts, stamp, { ask: session.ask.bind(session), http, circuit }) : notAsked,
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

interface Opened {
  readonly ask: AskingParts['ask'];
  readonly http: Http;
  readonly circuit: Breakers;
}

function asker(parts: ChannelParts, stamp: Stamp, { ask, http, circuit }: Opened): Channel['ask'] {
  const { config, log, now, isPaused, onExchange = () => undefined } = parts;
  const turns = takeTurns(config.limits.concurrency);
  const breakerOf = ({ agencyId }: Agency): AgencyBreaker =>
    circuit.stateOf(agencyId) ?? { agencyId, state: 'closed', since: now() };
  const asking: AskingParts = { ask, http, guardFor: guardsOf(parts, circuit), breakerOf, log, now, onExchange };
  return (inquiry, askings, signal) => {
    const answer = async (request: AskingRequest): Promise<Answered> => {
      if (!isPaused(request.agency.agencyId))
        return stamp(inquiry, request, held(parts, request, await askOnce(asking, inquiry, { request, signal })));
      const heldUntil = new Date(now().getTime() + heldForMs);
      return stamp(inquiry, request, { ...unsent(heldSaid), breaker: breakerOf(request.agency), heldUntil });
    };
    return turns.asTheyCome(askings, answer, signal);
  };
}

const heldSaid = noAnswerSaid('pending', { stage: 'held' });

/**
 * An agency that does not accept our access is no answer of this line: it waits, held, and is asked again when operators
 * have mended the access (domain.md §5.3). The message stays behind it, and the attempt does not count.
 */
function held({ config, access, now }: ChannelParts, { agency }: AskingRequest, passage: Passage): Passage {
  const { said } = passage;
  if (said.verdict !== 'no-answer' || said.reason !== 'unauthorized') {
    if (said.verdict !== 'no-answer' || breakerVerdict(said) === 'up') access?.accepted(agency.agencyId);
    return passage;
  }
  access?.refused(agency.agencyId);
  if (!config.holdWhenUnauthorized) return passage;
  const heldUntil = new Date(now().getTime() + heldForMs);
  return {
    ...passage,
    said: noAnswerSaid('pending', { stage: 'held', reasonCode: 'unauthorized' }),
    attempted: false,
    heldUntil,
  };
}

const unsent = (said: Said) => ({
  said,
  attempted: false,
  sentAt: null,
  raw: [],
  simulated: false,
  breaker: 'none' as const,
});

const notAsked: Channel['ask'] = () => {
  throw new Error('agencies of a mailbox channel fetch their tasks; they are not asked');
};

/** Outside in: pace of the channel, pace of the agency, breaker, deadline. */
function guardsOf({ config, now }: ChannelParts, circuit: Breakers): (agency: Agency) => Guard {
  const { deadlineMs, maxPerSecond, maxPerSecondPerAgency } = config.limits;
  const ofChannel = maxPerSecond === null ? [] : [pace({ maxPerSecond, now })];
  const paces = new Map<string, Guard>();
  const ofAgency = (agencyId: string): readonly Guard[] => {
    if (maxPerSecondPerAgency === null) return [];
    const own = paces.get(agencyId) ?? pace({ maxPerSecond: maxPerSecondPerAgency, now });
    paces.set(agencyId, own);
    return [own];
  };
  const limit = deadline(deadlineMs);
  return ({ agencyId }) => {
    const inside = nest(circuit.guardFor(agencyId), limit);
    return [...ofChannel, ...ofAgency(agencyId)].reduceRight((inner, each) => nest(each, inner), inside);
  };
}

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
  const session = adapter.open({ settings, log, agencies, secret, now });
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
  return true;
}

function httpOf({ limits }: ChannelConfig, baseUrl: string): Http {
  const { maxReplyBytes, concurrency } = limits;
  return openHttp({ baseUrl, maxReplyBytes, connections: concurrency, simulatedHeader });
}

function reportOf({ agencyId, state, since }: AgencyBreaker, { config, toInstant }: ChannelParts): BreakerReport {
  return { channelId: config.channelId, agencyId, state, since: toInstant(since) };
}
