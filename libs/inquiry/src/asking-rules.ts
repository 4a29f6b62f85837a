import type { ApprovalCause } from '#contracts';
import type { EmergencyBar } from './purpose-policy.ts';
import type { MissingItem } from './missing-item.ts';

/** What decides whether an inquiry goes out at once, waits for a second person, or needs a reason (G6, G7). */
export interface AskingToCheck {
  readonly officerId: string | null;
  readonly approval: {
    readonly causes: readonly ApprovalCause[]; // empty: none is needed
    readonly by: string | null; // who has decided that it may be sent; null: nobody
    readonly wished: string | null; // who is wished to decide; that approves nothing
  };
  /** A recent inquiry about the same person in the same case that asks all of this already. */
  readonly repeat: { readonly inquiryId: string; readonly isRunning: boolean } | null;
  readonly reason: string | null;
  /** It cannot wait; `bar`: why this officer may not say so now. */
  readonly emergency: { readonly bar: EmergencyBar | null } | null;
}

export function askingItems(check: AskingToCheck): readonly MissingItem[] {
  const stopping = [...approvalItems(check), ...repeatItems(check)];
  const { emergency } = check;
  if (emergency === null) return [...personItems(check), ...stopping];
  if (stopping.length === 0) return [...personItems(check), needless];
  return emergency.bar === null
    ? personItems(check)
    : [...personItems(check), { ...atEmergency, code: emergency.bar, ...barred[emergency.bar] }, ...stopping];
}

/** What an emergency goes out without; empty: nothing stopped it. */
export const waivedBy = (check: AskingToCheck): readonly (ApprovalCause | 'repeat')[] => [
  ...(check.approval.by === null ? check.approval.causes : []),
  ...(repeatItems(check).length > 0 ? (['repeat'] as const) : []),
];

function personItems({ officerId, approval }: AskingToCheck): readonly MissingItem[] {
  const isSame = officerId !== null && (approval.by === officerId || approval.wished === officerId);
  const detail = 'The approver is the officer who asks.';
  return isSame
    ? [{ rule: 'G6', pointer: '/approverId', code: 'same-person', detail, fix: 'Name another person.' }]
    : [];
}

/** That a debtor is marked is not told to who asks: the policy of the court is reason enough. */
const causeWords: Readonly<Record<ApprovalCause, { readonly pointer: string; readonly detail: string }>> = {
  transactions: { pointer: '/transactionPeriod', detail: 'Transactions are asked for: a second person must approve.' },
  'many-debtors': {
    pointer: '',
    detail: 'You have asked about many debtors within a short time: a second person must approve.',
  },
  'marked-debtor': { pointer: '', detail: 'By the policy of the court a second person must approve.' },
};

const approvalItems = ({ approval }: AskingToCheck): readonly MissingItem[] =>
  approval.by !== null
    ? []
    : approval.causes.map((cause) => ({
        rule: 'G6',
        code: 'approval-required',
        ...causeWords[cause],
        fix: 'Send the same body with a reason to POST /api/v1/approvals; once it is approved it is sent.',
        link: '/api/v1/approvals',
      }));

function repeatItems({ repeat, reason }: AskingToCheck): readonly MissingItem[] {
  if (repeat === null || (reason !== null && reason.trim() !== '')) return [];
  const { inquiryId, isRunning } = repeat;
  const item = { rule: 'G7', pointer: '/reason', link: `/api/v1/inquiries/${inquiryId}` } as const;
  return isRunning
    ? [
        {
          ...item,
          code: 'already-running',
          detail: 'An inquiry that asks the same about this debtor in this case is running.',
          fix: 'Follow it under its link, or say in `reason` why another one is needed.',
        },
      ]
    : [
        {
          ...item,
          code: 'repeat-without-cause',
          detail: 'The same was asked about this debtor in this case a short time ago.',
          fix: 'Ask again only what is missing (POST …/requeries below its link), or say why in `reason`.',
        },
      ];
}

const atEmergency = { rule: 'G6', pointer: '/emergency' } as const;
const needless: MissingItem = {
  ...atEmergency,
  code: 'not-needed',
  detail: 'Nothing of this inquiry has to wait.',
  fix: 'Leave `emergency` out.',
};
const barred: Readonly<Record<EmergencyBar, { readonly detail: string; readonly fix: string }>> = {
  'not-allowed': {
    detail: 'The policy of the court knows no emergency use.',
    fix: 'Ask for an approval: POST /api/v1/approvals.',
  },
  'review-overdue': {
    detail: 'An earlier emergency use of yours was not reviewed in time.',
    fix: 'Have an approver of the court review it: GET /api/v1/emergency-reviews.',
  },
  unjustified: {
    detail: 'Earlier emergency uses of yours were found unjustified.',
    fix: 'Ask for an approval: POST /api/v1/approvals.',
  },
};
