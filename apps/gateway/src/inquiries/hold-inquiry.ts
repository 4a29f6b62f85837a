import type { InquiryPauseView } from '#contracts';
import type { Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, notFound, ProblemError } from '../http/problem-error.ts';
import { sendResumed } from './send-inquiry.ts';

type Hold = { readonly inquiryId: string; readonly reason: string; readonly tx: Transaction };

/**
 * Holds an inquiry. What a worker has begun to ask is finished; from then on nothing is sent and no task handed out,
 * while due times go on and answers are taken.
 * @throws ProblemError `state-conflict` when it is held already
 */
export async function holdInquiry(
  { store, clock, toInstant, log }: Gateway,
  { officer, rows }: Caller,
  { inquiryId, reason, tx }: Hold,
): Promise<Done<InquiryPauseView>> {
  foundOr404(await store.inquiries.head(inquiryId, rows.write), 'inquiry');
  const at = clock.now();
  if (!(await store.inquiries.pause(tx, { inquiryId, reason, at, by: officer.userId })))
    throw new ProblemError('state-conflict', 'The inquiry is held already.');
  log.info('inquiry.paused', { inquiryId });
  const view = { inquiryId, pausedAt: toInstant(at) };
  const acts = [{ action: 'inquiry.paused' as const, objectId: inquiryId, reason }];
  return { status: 200, location: null, view, kept: view, acts };
}

/** It is recorded before it is done: letting go is a transaction of the inquiry's own. */
export async function letGo(gateway: Gateway, exchange: Exchange, inquiryId: string): Promise<InquiryPauseView> {
  const { officer, rows } = exchange.caller;
  const { store, clock, log } = gateway;
  foundOr404(await store.inquiries.head(inquiryId, rows.write), 'inquiry');
  await store.ledger.record(actOf(exchange, { action: 'inquiry.resumed', objectId: inquiryId }));
  if (!(await store.inquiries.resume({ inquiryId, at: clock.now(), by: officer.userId }))) throw notFound('pause');
  log.info('inquiry.resumed', { inquiryId });
  await sendResumed(gateway, inquiryId);
  return { inquiryId, pausedAt: null };
}
