import type { ApprovalCause, CaseView } from '#contracts';
import { approvalCausesOf, emergencyBar, type EmergencyBar, rulesOfCourt } from '#inquiry';
import type { AskedBefore } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import type { Asked } from './asked.ts';

/** What may change from one moment to the next: the case, what was asked before, whom a mark stands on. */
export interface Standing {
  readonly case: CaseView | null;
  readonly causes: readonly ApprovalCause[]; // why a second person has to approve
  readonly repeat: AskedBefore['repeat'];
  readonly bar: EmergencyBar | null; // why this officer may not use the emergency way
}

export interface StandingAsked {
  readonly asked: Asked;
  /** The debtor is a party of this case; what is known of anybody else has no effect. */
  readonly isParty: boolean;
  readonly agencyIds: readonly string[];
  readonly at: Date;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export async function readStanding(
  { store, installation }: Gateway,
  { officer, rows }: Caller,
  { asked, isParty, agencyIds, at }: StandingAsked,
): Promise<Standing> {
  const { caseId, debtorId } = asked;
  const rules = rulesOfCourt(installation.purposePolicy, officer.courtCode);
  const before = (ms: number) => new Date(at.getTime() - ms);
  const file = await store.cases.get(caseId, rows.write);
  if (file === null || !isParty) return { case: file, causes: [], repeat: null, bar: null };
  const askings = await store.askings.before({
    ...{ userId: officer.userId, caseId, debtorId, agencyIds },
    debtorsSince: before(rules.debtorHours * hourMs),
    repeatSince: before(rules.repeatHours * hourMs),
  });
  const { sensitive: isMarked } = await store.debtorMarks.get(debtorId);
  const record = await store.emergencies.record(officer.userId, before(rules.unjustifiedDays * dayMs));
  return {
    case: file,
    causes: approvalCausesOf(rules, { ...askings, isMarked, withTransactions: asked.transactionPeriod !== null }),
    repeat: askings.repeat,
    bar: emergencyBar(rules, record),
  };
}
