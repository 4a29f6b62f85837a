import { createHash } from 'node:crypto';
import type { Answer, AnswerStamp, Said } from '#contracts';
import type { JournalAnswer } from './answer-batch.ts';
import type { AskedLine } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';

/** What a person entered, or decided, about one asked line. */
export type ByHand = {
  readonly inquiryId: string;
  readonly said: Said;
  /** The messages behind it, in order: the form, then its documents. Empty: nobody wrote anything. */
  readonly raw: readonly Uint8Array[];
  readonly at: Date;
  /** Until then more may come, and the line stays open; null: this is its end. */
  readonly openUntil: Date | null;
  readonly simulated: boolean;
  /** The answer that stood until now. */
  readonly before: Answer | undefined;
  /** When the asking was sent, where no answer before says it. */
  readonly firstSentAt: string | null;
};

/**
 * Stamps what was said by hand from the planned line, as a channel stamps what came over its wire
 * (docs/decisions/0002-what-an-adapter-returns-is-stamped-by-the-channel.md).
 * @throws RangeError for `found` and `nothing` without a message behind them
 */
export function stampByHand(context: StoreContext, line: AskedLine, byHand: ByHand): JournalAnswer {
  const { inquiryId, said, raw, at, openUntil, before } = byHand;
  const hashes = raw.slice(1).map(hashOf); // of the documents: the same statement with other papers is another answer
  const stamp: AnswerStamp = {
    answerId: context.newId('ans'),
    inquiryId,
    agencyId: line.agencyId,
    category: line.category,
    channelId: line.channelId,
    adapterId: line.adapterId,
    adapterVersion: line.adapterVersion,
    requestNumber: line.requestNumber,
    matchRule: line.matchRule,
    matchKeysSent: line.matchKeysSent,
    attempt: before?.attempt ?? 0,
    maxAttempts: line.maxAttempts,
    firstSentAt: before?.firstSentAt ?? byHand.firstSentAt,
    sentAt: before?.sentAt ?? byHand.firstSentAt,
    receivedAt: context.toInstant(at),
    nextAttemptAt: openUntil === null ? null : context.toInstant(openUntil),
    breakerState: null,
    breakerOpenSince: null,
    simulated: byHand.simulated,
    rawHash: raw.length === 0 ? null : hashOf(Buffer.concat([...raw])),
    contentHash: context.keyring.contentHash(hashes.length === 0 ? said : { said, documents: hashes }),
  };
  return { answer: answerOf(said, stamp), raw };
}

const hashOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function answerOf(said: Said, stamp: AnswerStamp): Answer {
  if (said.verdict === 'no-answer') return { ...said, ...stamp };
  const { rawHash } = stamp;
  if (rawHash === null) throw new RangeError('an answer without a message behind it');
  return said.verdict === 'found' ? { ...said, ...stamp, rawHash } : { ...said, ...stamp, rawHash };
}
