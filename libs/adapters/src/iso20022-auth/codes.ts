import type { accountClasses as classes, accountStatuses as statuses } from '#contracts';

type AccountClass = (typeof classes)[number];
type AccountStatus = (typeof statuses)[number];
type Labels<Value extends string> = Readonly<Record<Value, { readonly zh: string; readonly en: string }>>;

/** CashAccountType4Code: what the schema knows and a register may fill. */
export const accountClasses = {
  CACC: 'current',
  CASH: 'current',
  SLRY: 'current',
  SVGS: 'savings',
  ONDP: 'time',
} as const satisfies Readonly<Record<string, AccountClass>>;

export const accountClassLabels = {
  savings: { zh: '活期储蓄', en: 'Savings account' },
  current: { zh: '结算账户', en: 'Current account' },
  time: { zh: '定期存款', en: 'Time deposit' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Partial<Labels<AccountClass>>;

/** What every entry of fin.002 is; the wire has no code for it. */
export const safeBox = {
  code: 'safe-box',
  label: { zh: '保管箱', en: 'Safe-deposit box' },
  rawCode: null,
  rawLabel: null,
} as const;

/** AccountStatus3Code; DISA (disabled) and FORM (pro forma) say nothing that our codes know. */
export const accountStatuses = { ENAB: 'normal', DELE: 'closed' } as const satisfies Readonly<
  Record<string, AccountStatus>
>;

export const accountStatusLabels = {
  normal: { zh: '正常', en: 'Normal' },
  closed: { zh: '已销户', en: 'Closed' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Partial<Labels<AccountStatus>>;
