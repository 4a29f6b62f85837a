import { type ApprovalItem, idSchema, type NewApproval } from '#contracts';
import { rulesOfCourt } from '#inquiry';
import { z } from 'zod';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { orProblem } from '../inquiries/accept-inquiry.ts';
import { missingGrounds, refuseMissing } from '../inquiries/grounds.ts';
import { isAsked } from '../inquiries/make-plan.ts';
import { lookInto } from '../inquiries/prepare-inquiry.ts';
import { recordRefusal } from '../inquiries/store-inquiry.ts';
import { addressOf, itemOf, scopeOf } from './approval-view.ts';

const hourMs = 3_600_000;
const keptSchema = z.object({ approvalId: idSchema('apr') });

/**
 * Keeps an inquiry until a second person has decided. It has everything an inquiry needs but that decision; nothing is
 * planned for good, queued or handed to an agency.
 * @throws ProblemError `purpose-guard` with everything else that is missing, `nothing-to-ask`
 */
export async function askApproval(gateway: Gateway, exchange: Exchange, body: NewApproval): Promise<ApprovalItem> {
  const { store, intents, log } = gateway;
  const { caller } = exchange;
  const checked = await orProblem(checkGrounds(gateway, exchange, body));
  const asked = intents.once(exchange, {
    act: async (tx) => {
      if (checked instanceof ProblemError) throw checked;
      const { causes, at } = checked;
      const { courtCode, userId } = caller.officer;
      const { approvalHours } = rulesOfCourt(gateway.installation.purposePolicy, courtCode);
      const expiresAt = new Date(at.getTime() + approvalHours * hourMs);
      const head = await store.approvals.ask({ courtCode, body, causes, askedBy: userId, at, expiresAt }, tx);
      const { approvalId } = head;
      await store.ledger.record(actOf(exchange, actOfAsking(approvalId, body)), tx);
      log.info('approval.asked', { approvalId });
      const view = itemOf(caller, head);
      return { status: 202, location: addressOf(approvalId), view, kept: { approvalId } };
    },
    keeps: keptSchema,
    again: async ({ approvalId }) =>
      itemOf(caller, foundOr404(await store.approvals.get(approvalId, scopeOf(caller)), 'approval')),
  });
  const outcome = await orProblem(asked);
  if (!(outcome instanceof ProblemError)) return outcome;
  await recordRefusal(gateway, exchange, { asked: body, problem: outcome });
  throw outcome;
}

const actOfAsking = (approvalId: string, { caseId, debtorId, purpose, reason }: NewApproval) =>
  ({ action: 'approval.asked', objectId: approvalId, caseId, debtorId, purpose, reason }) as const;

async function checkGrounds(gateway: Gateway, { caller }: Exchange, body: NewApproval) {
  const asked = { ...body, emergency: null };
  const { at, grounds, standing, planned } = await lookInto(gateway, caller, asked);
  const decidedLater = { ...standing, causes: [] };
  const { officer } = caller;
  refuseMissing(missingGrounds({ asked, grounds, standing: decidedLater, officer, approvedBy: null }));
  if (!planned?.draft.plan.lines.some(isAsked))
    throw new ProblemError('nothing-to-ask', 'No agency of the scope is connected and entitled.');
  return { at, causes: standing.causes };
}
