import type { ApprovalOutcome, NewApprovalDecision } from '#contracts';
import type { StoredApproval, Transaction } from '#store';
import { callerFor } from '../access/caller.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { sendPrepared } from '../inquiries/accept-inquiry.ts';
import { refuseMissing } from '../inquiries/grounds.ts';
import { type Prepared, prepareInquiry } from '../inquiries/prepare-inquiry.ts';
import { addressOf, outcomeOf, scopeOf } from './approval-view.ts';

interface Step {
  readonly approvalId: string;
  readonly tx: Transaction;
}
type Deciding = Step & { readonly decision: NewApprovalDecision };

/**
 * A second person decides, once. Approved: the inquiry is guarded as of now, stored and its jobs made, in the name of who
 * asked, all in the one transaction that also keeps the decision
 * (docs/decisions/0021-an-approval-is-a-decision-never-a-name.md).
 * @throws ProblemError `own-draft`, `expired`, `state-conflict`; what the guard says as of now
 */
export async function decideApproval(
  gateway: Gateway,
  exchange: Exchange,
  { approvalId, decision, tx }: Deciding,
): Promise<Done<ApprovalOutcome>> {
  const held = await holdWaiting(gateway, exchange, { approvalId, tx });
  await keepDecision(gateway, exchange, { held, decision, tx });
  const { userId: by } = exchange.caller.officer;
  const done =
    decision.decision === 'approve'
      ? await sendApproved(gateway, exchange, { held, by, tx })
      : doneWith({ approvalId, state: 'declined', inquiryId: null });
  await recordDecision(gateway, exchange, { held, decision, tx });
  return done;
}

/**
 * The guard has stopped what was just approved: the case was closed meanwhile, say. The decision stays, and what was
 * approved may be sent until it expires.
 */
export async function keepApproval(
  gateway: Gateway,
  exchange: Exchange,
  { approvalId, decision, tx }: Deciding,
): Promise<void> {
  const held = await holdWaiting(gateway, exchange, { approvalId, tx });
  await keepDecision(gateway, exchange, { held, decision, tx });
  await recordDecision(gateway, exchange, { held, decision, tx });
}

/** What an approver is told of a problem that lies in the inquiry and not in the decision. */
const problemsOfInquiry = new Set(['purpose-guard', 'nothing-to-ask', 'validation']);
export const isOfInquiry = (problem: ProblemError): boolean => problemsOfInquiry.has(problem.code);

async function holdWaiting(
  { store }: Gateway,
  { caller }: Exchange,
  { approvalId, tx }: Step,
): Promise<StoredApproval> {
  const held = foundOr404(await store.approvals.hold(approvalId, scopeOf(caller), tx), 'approval');
  if (held.askedBy === caller.officer.userId)
    throw new ProblemError('own-draft', 'Who asks for an approval cannot decide it.');
  if (held.state === 'expired') throw new ProblemError('expired', 'The approval was not decided in time.');
  if (held.state !== 'waiting') throw new ProblemError('state-conflict', `The approval is ${held.state} already.`);
  return held;
}

interface Held {
  readonly held: StoredApproval;
  readonly decision: NewApprovalDecision;
  readonly tx: Transaction;
}

const keepDecision = ({ store, clock }: Gateway, { caller }: Exchange, { held, decision, tx }: Held): Promise<void> =>
  store.approvals.decide(
    {
      approvalId: held.approvalId,
      state: decision.decision === 'approve' ? 'approved' : 'declined',
      by: caller.officer.userId,
      at: clock.now(),
      reason: decision.reason,
    },
    tx,
  );

async function recordDecision({ store }: Gateway, exchange: Exchange, { held, decision, tx }: Held): Promise<void> {
  const { approvalId, caseId, debtorId, purpose } = held;
  const about = { objectId: approvalId, caseId, debtorId, purpose, reason: decision.reason };
  const detail = { decision: decision.decision };
  await store.ledger.record(actOf(exchange, { action: 'approval.decided', ...about, detail }), tx);
}

/**
 * Sends what was approved before and was stopped then.
 * @throws ProblemError as for an inquiry; `expired`, `state-conflict`
 */
export async function sendKept(
  gateway: Gateway,
  exchange: Exchange,
  { approvalId, tx }: Step,
): Promise<Done<ApprovalOutcome>> {
  const held = await holdOwn(gateway, exchange, { approvalId, tx });
  if (held.state === 'expired') throw new ProblemError('expired', 'The approval was not used in time.');
  if (held.state !== 'approved' || held.decidedBy === null)
    throw new ProblemError('state-conflict', `The approval is ${held.state}.`);
  return sendApproved(gateway, exchange, { held, by: held.decidedBy, tx });
}

/** Takes back what was asked for, as long as it has not been sent. */
export async function withdrawApproval(
  gateway: Gateway,
  exchange: Exchange,
  { approvalId, tx }: Step,
): Promise<Done<ApprovalOutcome>> {
  const { store } = gateway;
  const held = await holdOwn(gateway, exchange, { approvalId, tx });
  if (held.state !== 'waiting' && held.state !== 'approved')
    throw new ProblemError('state-conflict', `The approval is ${held.state} already.`);
  await store.approvals.withdraw(approvalId, tx);
  const { caseId, debtorId, purpose } = held;
  const act = { action: 'approval.withdrawn', objectId: approvalId, caseId, debtorId, purpose } as const;
  await store.ledger.record(actOf(exchange, act), tx);
  return doneWith({ approvalId, state: 'withdrawn', inquiryId: null });
}

/** Only who asked for it, also where they may decide what others ask. */
async function holdOwn({ store }: Gateway, { caller }: Exchange, { approvalId, tx }: Step): Promise<StoredApproval> {
  const own = { ...scopeOf(caller), decidesFor: null };
  return foundOr404(await store.approvals.hold(approvalId, own, tx), 'approval');
}

interface ToSend {
  readonly held: StoredApproval;
  readonly by: string;
  readonly tx: Transaction;
}

async function sendApproved(
  gateway: Gateway,
  exchange: Exchange,
  { held, by, tx }: ToSend,
): Promise<Done<ApprovalOutcome>> {
  const { approvalId } = held;
  const prepared = await prepareApproved(gateway, held, by);
  const { view: inquiry, afterwards } = await sendPrepared(gateway, exchange, { prepared, approvalId, tx });
  await gateway.store.approvals.sent(approvalId, inquiry.inquiryId, tx);
  return { ...doneWith({ approvalId, state: 'sent', inquiryId: inquiry.inquiryId }), afterwards };
}

/** In the name and with the rights that who asked has now. */
async function prepareApproved(gateway: Gateway, held: StoredApproval, by: string): Promise<Prepared> {
  const officer = gateway.people.find(held.askedBy);
  const asker = officer && callerFor(officer, { via: held.approvalId, scopes: null });
  if (!asker?.scopes.has('inquiries:write')) {
    const detail = 'Who asked is no officer of the register any more.';
    refuseMissing([{ rule: 'G4', pointer: '', code: 'not-registered', detail, fix: 'Let another officer ask.' }]);
    throw new ProblemError('not-found', detail);
  }
  return prepareInquiry(gateway, asker, { body: { ...held.body, emergency: null }, approvedBy: by });
}

const doneWith = (outcome: ApprovalOutcome): Done<ApprovalOutcome> => ({
  ...{ status: 200, location: addressOf(outcome.approvalId), view: outcomeOf(outcome), kept: outcomeOf(outcome) },
});
