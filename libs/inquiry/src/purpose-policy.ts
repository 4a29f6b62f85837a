import type { ApprovalCause, PurposePolicy, PurposeRules } from '#contracts';

/** What holds where the policy says nothing else. */
const usualRules: PurposeRules = {
  approveTransactions: true,
  approveMarked: true,
  mostDebtors: 50,
  debtorHours: 24,
  repeatHours: 24,
  approvalHours: 72,
  emergencyAllowed: true,
  reviewHours: 48,
  mostUnjustified: 2,
  unjustifiedDays: 365,
};

/** The rules of one court: the defaults, what the policy says everywhere, what it says about this court. */
export function rulesOfCourt({ everywhere, courts }: PurposePolicy, court: string): PurposeRules {
  const own = courts.find(({ courtCode }) => courtCode === court);
  const said = { ...everywhere, ...own };
  return {
    approveTransactions: said.approveTransactions ?? usualRules.approveTransactions,
    approveMarked: said.approveMarked ?? usualRules.approveMarked,
    mostDebtors: said.mostDebtors ?? usualRules.mostDebtors,
    debtorHours: said.debtorHours ?? usualRules.debtorHours,
    repeatHours: said.repeatHours ?? usualRules.repeatHours,
    approvalHours: said.approvalHours ?? usualRules.approvalHours,
    emergencyAllowed: said.emergencyAllowed ?? usualRules.emergencyAllowed,
    reviewHours: said.reviewHours ?? usualRules.reviewHours,
    mostUnjustified: said.mostUnjustified ?? usualRules.mostUnjustified,
    unjustifiedDays: said.unjustifiedDays ?? usualRules.unjustifiedDays,
  };
}

/** What was asked before and who is asked about, as far as it decides whether a second person is needed. */
export interface Sensitivity {
  readonly withTransactions: boolean;
  readonly isMarked: boolean;
  /** Different debtors the officer has asked about within `debtorHours`, without this one. */
  readonly otherDebtors: number;
  /** This one is among those he has asked about: asking again adds nobody. */
  readonly isKnown: boolean;
}

/** Why a second person has to approve; empty: one click is enough. */
export function approvalCausesOf(rules: PurposeRules, asked: Sensitivity): readonly ApprovalCause[] {
  return [
    ...(rules.approveTransactions && asked.withTransactions ? (['transactions'] as const) : []),
    ...(!asked.isKnown && asked.otherDebtors >= rules.mostDebtors ? (['many-debtors'] as const) : []),
    ...(rules.approveMarked && asked.isMarked ? (['marked-debtor'] as const) : []),
  ];
}

/** An officer's emergency uses so far. */
export interface EmergencyRecord {
  readonly overdue: number; // not reviewed in time
  readonly unjustified: number; // within `unjustifiedDays`
}
export type EmergencyBar = 'not-allowed' | 'review-overdue' | 'unjustified';

/** Why somebody may not use the emergency way now; null: he may. */
export function emergencyBar(rules: PurposeRules, { overdue, unjustified }: EmergencyRecord): EmergencyBar | null {
  if (!rules.emergencyAllowed) return 'not-allowed';
  if (overdue > 0) return 'review-overdue';
  return unjustified >= rules.mostUnjustified ? 'unjustified' : null;
}
