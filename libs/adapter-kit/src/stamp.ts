import type {
  Adapter,
  Agency,
  Answer,
  AnswerStamp,
  ChannelConfig,
  HttpReply,
  Inquiry,
  MatchKey,
  MatchRule,
  Said,
  Ticket,
  Unread,
} from '#contracts';
import type { AgencyBreaker } from './breaker-circuit.ts';
import { nextAttempt } from './failure-policy.ts';
import { minimised } from './minimise.ts';

/** The ticket of an asking (受理号), as it was held since the last collection. */
export interface HeldAsking {
  readonly ticket: Ticket;
  readonly collections: number; // made so far
  /** Replies that came before and whose answer was not kept: they are read again, and nothing is asked for. */
  readonly kept: readonly HttpReply[];
}

/** What remains of an asking after an exchange: when it is collected next, or null when nothing more is collected. */
export type TicketLeft = { readonly ticket: Ticket; readonly nextAt: Date } | null;

/** One asking of an inquiry, as the plan made it and the journal knows it so far. */
export interface AskingRequest {
  readonly agency: Agency;
  readonly requestNumber: string;
  readonly attempt: number; // attempts made before
  readonly incompleteAttempts: number; // incomplete answers before
  readonly firstSentAt: string | null;
  readonly dueAt: string;
  readonly matchRule: MatchRule;
  readonly matchKeysSent: readonly MatchKey[];
  readonly maxAttempts: number;
  readonly held?: HeldAsking | null; // mode `ticket`: what was submitted before
}

/** An answer with the messages behind it, in the order in which they came. */
export interface Answered {
  readonly answer: Answer;
  readonly raw: readonly Uint8Array[];
  readonly ticket?: TicketLeft; // mode `ticket`: what is left to collect
  /** Only of `unintelligible`: what reading them again takes. */
  readonly unread?: Unread;
}

/** What happened on the way, beside what was said. */
export interface Passage {
  readonly said: Said;
  readonly attempted: boolean; // an exchange was tried: it counts against the attempts
  readonly sentAt: Date | null; // null: nothing was sent
  readonly raw: readonly Uint8Array[];
  readonly simulated: boolean;
  readonly breaker: AgencyBreaker | 'none';
  readonly heldUntil?: Date; // not asked, because operators paused the agency
  readonly collectAt?: Date; // mode `ticket`: when the answer is collected
  readonly receivedAt?: Date; // of messages that are read again; otherwise now
  readonly unread?: Unread;
}

export interface StampParts {
  readonly config: ChannelConfig;
  readonly now: () => Date;
  readonly toInstant: (date: Date) => string;
  readonly newAnswerId: () => string;
  readonly contentHash: (value: unknown) => string;
  readonly rawHash: (bytes: Uint8Array) => string;
  readonly random: () => number;
  /** Does this agency say `nothing` to everybody since lately (domain.md §5.7)? */
  readonly isSuspected?: (agencyId: string) => boolean;
}

export type Stamp = (inquiry: Inquiry, request: AskingRequest, passage: Passage) => Answered;

/**
 * Makes answers of what was said: who was asked, when, how often, and who really spoke. Adapters cannot make this up
 * (docs/decisions/0002-what-an-adapter-returns-is-stamped-by-the-channel.md).
 *
 * @returns the stamp of one channel; it throws RangeError for `found` and `nothing` without a message behind them
 */
export function stamping(adapter: Adapter, parts: StampParts): Stamp {
  const { config, now, toInstant, newAnswerId, contentHash, rawHash } = parts;
  const { id: adapterId, version: adapterVersion } = adapter.manifest;
  return (inquiry, request, passage) => {
    const { raw, sentAt } = passage;
    const said = minimised(passage.said, adapter.manifest);
    const receivedAt = passage.receivedAt ?? now();
    const attempt = request.attempt + (passage.attempted ? 1 : 0);
    const sent = sentAt === null ? null : toInstant(sentAt);
    const next = nextTime(passage, { request, said, attempt, at: receivedAt }, parts);
    const stamp: AnswerStamp = {
      answerId: newAnswerId(),
      inquiryId: inquiry.inquiryId,
      agencyId: request.agency.agencyId,
      category: request.agency.category,
      channelId: config.channelId,
      adapterId,
      adapterVersion,
      requestNumber: request.requestNumber,
      matchRule: request.matchRule,
      matchKeysSent: [...request.matchKeysSent],
      attempt,
      maxAttempts: request.maxAttempts,
      firstSentAt: request.firstSentAt ?? sent,
      sentAt: sent,
      receivedAt: toInstant(receivedAt),
      nextAttemptAt: next === null ? null : toInstant(next),
      ...breakerFields(passage.breaker, toInstant),
      simulated: config.simulated || passage.simulated,
      rawHash: raw.length === 0 ? null : rawHash(joined(raw)),
      contentHash: contentHash(withoutDelays(said)),
      ...suspicionOf(said, request.agency.agencyId, parts),
    };
    return { answer: answerOf(said, stamp), raw, ...(passage.unread && { unread: passage.unread }) };
  };
}

/** Held at the moment of the answer: what is found out later changes no answer that was given before. */
const suspicionOf = (
  { verdict }: Said,
  agencyId: string,
  { isSuspected }: StampParts,
): Pick<AnswerStamp, 'suspicion'> =>
  verdict === 'nothing' && isSuspected?.(agencyId) === true ? { suspicion: 'all-nothing' } : {};

interface Failed {
  readonly request: AskingRequest;
  readonly said: Said;
  readonly attempt: number;
  readonly at: Date;
}

function nextTime({ heldUntil, collectAt, breaker }: Passage, failed: Failed, parts: StampParts): Date | null {
  if (heldUntil) return heldUntil;
  if (collectAt) return collectionTime(collectAt, failed);
  return breaker === 'none' ? null : again(failed, parts);
}

/** A trouble that lasts beyond the due time stands then, as in every mode; what is only pending is the clock's matter. */
function collectionTime(collectAt: Date, { said, request }: Failed): Date | null {
  if (said.verdict !== 'no-answer') return null;
  const inTime = collectAt.getTime() <= Date.parse(request.dueAt);
  return inTime || said.reason === 'pending' ? collectAt : null;
}

function again({ request, said, attempt, at }: Failed, { config, random }: StampParts): Date | null {
  const isIncomplete = said.verdict === 'no-answer' && said.reason === 'incomplete';
  return nextAttempt({
    said,
    attempt,
    maxAttempts: request.maxAttempts,
    incompleteAttempts: request.incompleteAttempts + (isIncomplete ? 1 : 0),
    retry: config.retry,
    now: at,
    dueAt: new Date(request.dueAt),
    jitter: random(),
  });
}

function breakerFields(
  breaker: AgencyBreaker | 'none',
  toInstant: (date: Date) => string,
): Pick<AnswerStamp, 'breakerState' | 'breakerOpenSince'> {
  if (breaker === 'none') return { breakerState: null, breakerOpenSince: null };
  const { state, since } = breaker;
  return { breakerState: state, breakerOpenSince: state === 'closed' ? null : toInstant(since) };
}

/** The same answer twice has one hash: how long an agency wants us to wait is not what it says about the debtor. */
function withoutDelays(said: Said): Said {
  return said.verdict === 'no-answer' ? { ...said, retryAfterMs: null } : said;
}

function answerOf(said: Said, stamp: AnswerStamp): Answer {
  if (said.verdict === 'no-answer') return { ...said, ...stamp };
  const { rawHash } = stamp;
  if (rawHash === null) throw new RangeError('an answer without a message behind it');
  return said.verdict === 'found' ? { ...said, ...stamp, rawHash } : { ...said, ...stamp, rawHash };
}

function joined(raw: readonly Uint8Array[]): Uint8Array {
  const [only] = raw;
  return only && raw.length === 1 ? only : Buffer.concat(raw);
}
