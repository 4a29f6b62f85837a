import type { InquiryPauseView } from '#contracts';
import type { Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import { inquiryToActOn } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { notFound, ProblemError } from '../http/problem-error.ts';
import { sendResumed } from './send-inquiry.ts';

type Hold = { readonly inquiryId: string; readonly reason: string; readonly tx: Transaction };

/**
 * Holds an inquiry. What a worker has begun to ask is finished; from then on nothing is sent and no task handed out,
 * while due times go on and answers are taken.
 * @throws ProblemError `state-conflict` when it is held already
 */
export async function holdInquiry(
  gateway: Gateway,
  caller: Caller,
  { inquiryId, reason, tx }: Hold,
): Promise<Done<InquiryPauseView>> {
  const { store, clock, toInstant, log } = gateway;
  await inquiryToActOn(gateway, caller, inquiryId);
  const at = clock.now();
  if (!(await store.inquiries.pause(tx, { inquiryId, reason, at, by: caller.officer.userId })))
    throw new ProblemError('state-conflict', 'The inquiry is held already.');
  log.info('inquiry.paused', { inquiryId });
  const view = { inquiryId, pausedAt: toInstant(at) };
  const acts = [{ action: 'inquiry.paused' as const, objectId: inquiryId, reason }];
  return { status: 200, location: null, view, kept: view, acts };
}

/** It is recorded before it is done: letting go is a transaction of the inquiry's own. */
export async function letGo(gateway: Gateway, exchange: Exchange, inquiryId: string): Promise<InquiryPauseView> {
  const { store, clock, log } = gateway;
  const { officer } = exchange.caller;
  await inquiryToActOn(gateway, exchange.caller, inquiryId);
  await store.ledger.record(actOf(exchange, { action: 'inquiry.resumed', objectId: inquiryId }));
  if (!(await store.inquiries.resume({ inquiryId, at: clock.now(), by: officer.userId }))) throw notFound('pause');
  log.info('inquiry.resumed', { inquiryId });
  await sendResumed(gateway, inquiryId);
  return { inquiryId, pausedAt: null };
}
