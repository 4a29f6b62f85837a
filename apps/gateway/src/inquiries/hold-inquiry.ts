import type { InquiryPauseView } from '#contracts';
import type { Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import { inquiryToActOn } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
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
  return { status: 200, location: null, view, kept: view };
}

export async function letGo(gateway: Gateway, caller: Caller, inquiryId: string): Promise<InquiryPauseView> {
  const { store, clock, log } = gateway;
  await inquiryToActOn(gateway, caller, inquiryId);
  if (!(await store.inquiries.resume({ inquiryId, at: clock.now(), by: caller.officer.userId })))
    throw notFound('pause');
  log.info('inquiry.resumed', { inquiryId });
  await sendResumed(gateway, inquiryId);
  return { inquiryId, pausedAt: null };
}
