import type { InquiryToCreate } from '#store';
import { inquiryViewSchema, type InquiryView, type NewInquiry } from '#contracts';
import { ownSurname } from '../audit/about.ts';
import { type Act, actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { ProblemError } from '../http/problem-error.ts';
import { firstView } from './inquiry-view.ts';
import { prepareInquiry } from './prepare-inquiry.ts';
import { sendInquiry } from './send-inquiry.ts';

/**
 * Accepts an inquiry once per idempotency key: guard and plan, then key, inquiry, shards and mailbox tasks in one
 * transaction, then the jobs. After the 202 the work is durable, also when the queue is away.
 */
export async function acceptInquiry(gateway: Gateway, exchange: Exchange, body: NewInquiry): Promise<InquiryView> {
  const { store, metrics, log, intents, intake } = gateway;
  const prepared = (await intake.refusal()) ?? (await orProblem(prepareInquiry(gateway, exchange.caller, body)));
  if (prepared instanceof ProblemError) metrics.inquiry({ purpose: body.purpose, outcome: 'refused' });
  const sending = intents.once(exchange, {
    // a refusal is thrown in here, so that a key that was used before gets the answer it got before
    act: async (tx) => {
      if (prepared instanceof ProblemError) throw prepared;
      const refusal = await intake.refusal(); // many may have waited for their turn since the first look
      if (refusal) throw refusal;
      await store.inquiries.create(tx, prepared);
      intake.accepted(prepared.plan.shards.length);
      const first = firstView(prepared);
      const { inquiry, closeAt } = prepared;
      const afterwards = async () => {
        await sendInquiry(gateway, { inquiryId: inquiry.inquiryId, closeAt });
        metrics.inquiry({ purpose: body.purpose, outcome: 'accepted' });
      };
      const acts = [sentAct(exchange, prepared)];
      return { status: 202, location: first.links.self, view: first, kept: first, afterwards, acts };
    },
    keeps: inquiryViewSchema,
    again: (kept) => kept,
  });
  const view = await sending.catch(async (error: unknown) => {
    if (prepared instanceof ProblemError && error === prepared)
      await recordRefusal(gateway, exchange, { body, problem: prepared });
    throw error;
  });
  log.info('inquiry.accepted', {
    requestId: exchange.request.id,
    inquiryId: view.inquiryId,
    asked: view.counts.asked,
    notAsked: view.counts.notAsked,
  });
  return view;
}

const sentAct = ({ caller }: Exchange, { inquiry, plan, caseId, debtorId }: InquiryToCreate): Act => ({
  action: 'inquiry.sent',
  objectId: inquiry.inquiryId,
  ...{ caseId, debtorId },
  purpose: inquiry.purpose,
  detail: { ...ownSurname(caller.officer, inquiry.debtor), origin: inquiry.origin, lines: plan.lines.length },
});

/** A refusal undoes its transaction, so it has one of its own; it is there before the answer goes. */
async function recordRefusal(
  { store }: Gateway,
  exchange: Exchange,
  { body, problem }: { readonly body: NewInquiry; readonly problem: ProblemError },
): Promise<void> {
  const { caseId, debtorId, purpose } = body;
  const rules = [...new Set(problem.errors.map(({ rule, code }) => rule ?? code))].join(',').slice(0, 200);
  const detail = { code: problem.code, rules };
  await store.ledger.record(
    actOf(exchange, { action: 'inquiry.refused', result: 'refused', ...{ caseId, debtorId, purpose, detail } }),
  );
}

/** A refusal as a value; anything else goes on its way. */
const orProblem = <Value>(promise: Promise<Value>): Promise<Value | ProblemError> =>
  promise.catch((error: unknown) => {
    if (error instanceof ProblemError) return error;
    throw error;
  });
