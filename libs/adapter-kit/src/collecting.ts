import { noAnswerSaid, type AdapterSession, type ChannelConfig, type HttpReply } from '#contracts';
import type { Inquiry, Reason, Said, Ticket } from '#contracts';
import { askOnce, type AskingParts } from './asking.ts';
import { failurePolicy } from './failure-policy.ts';
import type { Answered, AskingRequest, HeldAsking, Passage, Stamp, TicketLeft } from './stamp.ts';

/** Keeps a reply durably before it is read; `position` counts the replies of one exchange from 0. */
export type KeepReply = (kept: {
  readonly request: AskingRequest;
  readonly position: number;
  readonly reply: HttpReply;
}) => Promise<void>;

interface CollectingParts {
  readonly submit: NonNullable<AdapterSession['submit']>;
  readonly collect: NonNullable<AdapterSession['collect']>;
  readonly asking: Omit<AskingParts, 'ask'>;
  readonly config: ChannelConfig;
  readonly stamp: Stamp;
  readonly now: () => Date;
  readonly random: () => number;
  readonly keepReply: KeepReply;
  /** What becomes of an exchange in which our access was not accepted. */
  readonly held: (request: AskingRequest, passage: Passage) => Passage;
}

/**
 * One exchange in mode `ticket`: submits the asking, or collects what was submitted. A ticket outlives every trouble on
 * the way; it ends with the last answer, with a reason that nothing will change, or when it was collected too often.
 * Replies are kept before they are read: docs/decisions/0013-a-reply-is-kept-before-it-is-read.md.
 */
export async function exchangeTicket(
  parts: CollectingParts,
  inquiry: Inquiry,
  { request, signal }: { readonly request: AskingRequest; readonly signal: AbortSignal },
): Promise<Answered> {
  const { submit, collect, asking, stamp } = parts;
  const held = request.held ?? null;
  let given: Ticket | null | undefined; // undefined: nobody said anything about it
  const exchanged = await askOnce(
    {
      ...asking,
      keeper: () => ({
        kept: held?.kept ?? [],
        keep: (position, reply) => parts.keepReply({ request, position, reply }),
      }),
      async ask(about, own, aborted) {
        const ticketed =
          held === null
            ? await submit(about, own, aborted)
            : await collect(about, { ...own, ticket: held.ticket }, aborted);
        given = ticketed.ticket;
        return ticketed.said;
      },
    },
    inquiry,
    { request, signal },
  );
  const passage = parts.held(request, exchanged);
  const left = ticketLeft(parts, { held, given, passage });
  const collected = { ...passage, said: left.said, attempted: passage.attempted && held === null };
  const answered = stamp(inquiry, request, left.ticket ? { ...collected, collectAt: left.ticket.nextAt } : collected);
  return { ...answered, ticket: left.ticket };
}

interface After {
  readonly held: HeldAsking | null;
  readonly given: Ticket | null | undefined;
  readonly passage: Passage;
}

/** Reasons after which the same ticket may still bring the answer. */
const passing = (reason: Reason): boolean =>
  failurePolicy[reason].askedAgain ||
  reason === 'pending' ||
  reason === 'unauthorized' ||
  reason === 'clarification-needed';

function ticketLeft(parts: CollectingParts, after: After): { readonly said: Said; readonly ticket: TicketLeft } {
  const { held, given, passage } = after;
  const { said } = passage;
  const ticket = given === undefined ? (held?.ticket ?? null) : given;
  if (ticket === null || (given === undefined && said.verdict === 'no-answer' && !passing(said.reason)))
    return { said, ticket: null };
  const collections = (held?.collections ?? 0) + (held === null ? 0 : 1);
  if (collections >= parts.config.ticket.maxCollections) {
    const exhausted = noAnswerSaid('overdue', { reasonCode: 'collections-exhausted' });
    return { said: said.verdict === 'no-answer' ? exhausted : said, ticket: null };
  }
  return { said, ticket: { ticket, nextAt: nextCollection(parts, said) } };
}

/** As soon as the channel allows, later when the agency wants it; never all at the same moment. */
function nextCollection({ config, now, random }: CollectingParts, said: Said): Date {
  const { minIntervalMs } = config.ticket;
  const wished = said.verdict === 'no-answer' ? (said.retryAfterMs ?? 0) : 0;
  const jitterMs = random() * Math.min(minIntervalMs, 1_000);
  return new Date(now().getTime() + Math.ceil(Math.max(minIntervalMs, wished) + jitterMs));
}
