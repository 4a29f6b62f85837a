import type { EmergencyOutcome, NewEmergencyDecision } from '#contracts';
import type { Transaction } from '#store';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';

interface Reviewing {
  readonly inquiryId: string;
  readonly decision: NewEmergencyDecision;
  readonly tx: Transaction;
}

/** @throws ProblemError `own-draft` for one's own use, `state-conflict` when it was reviewed before */
export async function reviewEmergency(
  { store, clock }: Gateway,
  exchange: Exchange,
  { inquiryId, decision: { decision, reason }, tx }: Reviewing,
): Promise<Done<EmergencyOutcome>> {
  const { officer, rows } = exchange.caller;
  const { courtCode, userId } = officer;
  const use = foundOr404(await store.emergencies.hold({ inquiryId, courtCode, rows: rows.read }, tx), 'emergency use');
  if (use.usedBy === userId) throw new ProblemError('own-draft', 'Who used it cannot review it.');
  if (use.decision !== null) throw new ProblemError('state-conflict', 'It was reviewed already.');
  await store.emergencies.decide({ inquiryId, decision, by: userId, at: clock.now(), reason }, tx);
  const about = { objectId: inquiryId, caseId: use.caseId, debtorId: use.debtorId, reason };
  const detail = { decision, overdue: use.overdue };
  await store.ledger.record(actOf(exchange, { action: 'emergency.reviewed', ...about, detail }), tx);
  const view = { inquiryId, decision };
  return { status: 200, location: `/api/v1/inquiries/${inquiryId}`, view, kept: view };
}
