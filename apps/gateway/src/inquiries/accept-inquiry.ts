import { inquiryViewSchema, type InquiryView, type NewInquiry } from '#contracts';
import type { Transaction } from '#store';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { ProblemError } from '../http/problem-error.ts';
import { firstView } from './inquiry-view.ts';
import { type Prepared, prepareInquiry } from './prepare-inquiry.ts';
import { sendInquiry } from './send-inquiry.ts';
import { recordRefusal, storeInquiry } from './store-inquiry.ts';

/**
 * Accepts an inquiry once per idempotency key: guard and plan, then key, inquiry, shards and mailbox tasks in one
 * transaction, then the jobs. After the 202 the work is durable, also when the queue is away.
 */
export async function acceptInquiry(gateway: Gateway, exchange: Exchange, body: NewInquiry): Promise<InquiryView> {
  const { metrics, log, intents, intake } = gateway;
  const toPrepare = { body, approvedBy: null };
  const prepared = (await intake.refusal()) ?? (await orProblem(prepareInquiry(gateway, exchange.caller, toPrepare)));
  if (prepared instanceof ProblemError) metrics.inquiry({ purpose: body.purpose, outcome: 'refused' });
  const accepted = intents.once(exchange, {
    // a refusal is thrown in here, so that a key that was used before gets the answer it got before
    act: async (tx) => {
      if (prepared instanceof ProblemError) throw prepared;
      return sendPrepared(gateway, exchange, { prepared, approvalId: null, tx });
    },
    keeps: inquiryViewSchema,
    again: (kept) => kept,
  });
  const view = await orProblem(accepted);
  if (view instanceof ProblemError) {
    await recordRefusal(gateway, exchange, { asked: body, problem: view });
    throw view;
  }
  log.info('inquiry.accepted', {
    requestId: exchange.request.id,
    inquiryId: view.inquiryId,
    asked: view.counts.asked,
    notAsked: view.counts.notAsked,
  });
  return view;
}

/** Stores what was prepared in the caller's transaction; its jobs are made once that is committed. */
export async function sendPrepared(
  gateway: Gateway,
  exchange: Exchange,
  toSend: { readonly prepared: Prepared; readonly approvalId: string | null; readonly tx: Transaction },
): Promise<Done<InquiryView> & { readonly afterwards: () => Promise<void> }> {
  const { intake, metrics } = gateway;
  const { toCreate, body } = toSend.prepared;
  const refusal = await intake.refusal(); // many may have waited for their turn since the first look
  if (refusal) throw refusal;
  await storeInquiry(gateway, exchange, toSend);
  intake.accepted(toCreate.plan.shards.length);
  const view = firstView(toCreate);
  const afterwards = async () => {
    await sendInquiry(gateway, { inquiryId: view.inquiryId, closeAt: toCreate.closeAt });
    metrics.inquiry({ purpose: body.purpose, outcome: 'accepted' });
  };
  return { status: 202, location: view.links.self, view, kept: view, afterwards };
}

/** A refusal as a value; anything else goes on its way. */
export const orProblem = <Value>(promise: Promise<Value>): Promise<Value | ProblemError> =>
  promise.catch((error: unknown) => {
    if (error instanceof ProblemError) return error;
    throw error;
  });
