import { type CaseState, type Debtor, type Inquiry, type Money, parseCaseNumber, type Purpose } from '#contracts';
import { type AskingToCheck, askingItems } from './asking-rules.ts';
import type { MissingItem } from './missing-item.ts';
import { stateAllows, wordsOfState } from './case-state.ts';

/** What the guard looks at, as the case file has it; `null` is missing. Empty text counts as missing. */
export interface PurposeToCheck {
  readonly purpose: Purpose;
  readonly origin: Inquiry['origin'];
  /** The case; null if there is none, or none of this court. */
  readonly case: {
    readonly caseNumber: string | null;
    readonly courtCode: string | null;
    readonly courtName: string | null;
    readonly state: CaseState;
  } | null;
  /** The debtor as a party of this very case; null if he is none. */
  readonly debtor: Pick<Debtor, 'role'> | null;
  readonly legal: {
    readonly basis: string | null;
    readonly documentName: string | null;
    readonly documentNumber: string | null;
    readonly documentHash: string | null;
    readonly documentIntact: boolean; // what is kept still has that hash
    readonly preservationLimit: Money | null;
  };
  /** The officer in whose name agencies are asked; null if not in the register. */
  readonly officer: {
    readonly id: string;
    readonly courtCode: string | null;
    readonly workCardNo: string | null;
    readonly dutyCardNo: string | null;
  } | null;
  readonly asking: Omit<AskingToCheck, 'officerId'>;
}

/**
 * The guard of purpose (domain.md §9.1). Before it the inquiry was parsed; after it the plan is made. Nothing is sent
 * unless the list is empty; everything that is missing is named at once.
 */
export function guardPurpose(check: PurposeToCheck): readonly MissingItem[] {
  return [
    ...caseItems(check),
    ...debtorItems(check),
    ...legalItems(check),
    ...officerItems(check),
    ...purposeItems(check),
    ...stateItems(check),
    ...askingItems({ ...check.asking, officerId: check.officer?.id ?? null }),
  ];
}

/** The state of the case allows the purpose (G9); also looked at before lines are asked again. */
export function stateItems({
  purpose,
  origin,
  case: file,
}: Pick<PurposeToCheck, 'purpose' | 'origin' | 'case'>): readonly MissingItem[] {
  if (file === null || stateAllows({ purpose, origin, state: file.state })) return [];
  return [{ rule: 'G9', pointer: '/purpose', code: 'state-does-not-allow', ...wordsOfState[file.state] }];
}

function caseItems({ case: file }: PurposeToCheck): readonly MissingItem[] {
  const item = { rule: 'G1', pointer: '/caseId' } as const;
  if (file === null) {
    return [{ ...item, code: 'no-case', detail: 'There is no such case.', fix: 'Choose a case of your court.' }];
  }
  const required = { ...item, code: 'required' };
  return [
    ...(isMissing(file.caseNumber)
      ? [{ ...required, detail: 'The case has no number.', fix: 'Enter the case number (案号).' }]
      : []),
    ...(isMissing(file.courtCode) || isMissing(file.courtName)
      ? [{ ...required, detail: 'The case has no enforcement court.', fix: 'Enter code and name of the court.' }]
      : []),
  ];
}

/** A preservation (财产保全) is about the party of the order and within its amount; everything else about the debtor. */
function debtorItems({ debtor, purpose, legal }: PurposeToCheck): readonly MissingItem[] {
  const item = { rule: 'G2', pointer: '/debtorId' } as const;
  if (debtor === null) {
    const detail = 'The debtor is not a party of this case.';
    return [{ ...item, code: 'not-a-party', detail, fix: "Check the case's parties." }];
  }
  const isPreservation = purpose === 'preservation';
  const items: MissingItem[] = [];
  if ((debtor.role === 'respondent-under-preservation') !== isPreservation) {
    const role = isPreservation ? '被保全人' : '被执行人';
    const detail = `The party is not in this case in the role ${role}, which the purpose needs.`;
    items.push({
      ...item,
      code: 'role-does-not-fit',
      detail,
      fix: 'Choose the purpose that fits, or check the party’s role.',
    });
  }
  if (isPreservation && legal.preservationLimit === null) {
    const detail = 'The ordered amount of the preservation is missing.';
    items.push({
      rule: 'G2',
      pointer: '/caseId',
      code: 'required',
      detail,
      fix: 'Enter the amount of the preservation order.',
    });
  }
  return items;
}

const legalFields = [
  {
    field: 'basis',
    pointer: '/caseId',
    detail: 'The case has no executable document.',
    fix: 'Enter the executable document (执行依据).',
  },
  {
    field: 'documentName',
    pointer: '/legal/documentName',
    detail: 'The assistance notice has no name.',
    fix: 'Enter its name as printed.',
  },
  {
    field: 'documentNumber',
    pointer: '/legal/documentNumber',
    detail: 'The assistance notice has no number.',
    fix: 'Enter the number printed on the notice.',
  },
  {
    field: 'documentHash',
    pointer: '/legal/fileId',
    detail: 'The assistance notice itself is missing.',
    fix: 'Upload the signed notice.',
  },
] as const;

const legalItems = ({ legal }: PurposeToCheck): readonly MissingItem[] => [
  ...legalFields
    .filter(({ field }) => isMissing(legal[field]))
    .map(({ pointer, detail, fix }) => ({ rule: 'G3', pointer, code: 'required', detail, fix }) as const),
  ...(isMissing(legal.documentHash) || legal.documentIntact ? [] : [altered]),
];

const altered: MissingItem = {
  rule: 'G3',
  pointer: '/legal/fileId',
  code: 'altered',
  detail: 'The kept notice is not what was uploaded: its hash differs.',
  fix: 'Upload the signed notice again, and tell your operators.',
};

function officerItems({ officer, case: file }: PurposeToCheck): readonly MissingItem[] {
  const item = { rule: 'G4', pointer: '' } as const;
  if (officer === null) {
    const detail = 'The officer is not in the register.';
    return [{ ...item, code: 'not-registered', detail, fix: 'Have the officer registered with his cards.' }];
  }
  const items: MissingItem[] = [];
  if (isMissing(officer.workCardNo) && isMissing(officer.dutyCardNo)) {
    const detail = 'Neither a work card nor a duty card of the officer is registered.';
    items.push({ ...item, code: 'no-card', detail, fix: 'Register 工作证 or 执行公务证 of the officer.' });
  }
  if (file !== null && !isMissing(file.courtCode) && officer.courtCode !== file.courtCode) {
    const detail = 'The officer is not authorised at the court of this case.';
    items.push({ ...item, code: 'other-court', detail, fix: 'Let an officer of that court ask.' });
  }
  return items;
}

const preservationType = '执保';
const ordinaryTypes: readonly string[] = ['执', '执恢'];

/** Only a clear contradiction counts: unusual case numbers are confirmed by the officer, not refused here. */
function purposeItems({ purpose, case: file }: PurposeToCheck): readonly MissingItem[] {
  const parsed = isMissing(file?.caseNumber ?? null) ? null : parseCaseNumber(file?.caseNumber ?? '');
  if (parsed?.outcome !== 'matched') return [];
  const isPreservation = purpose === 'preservation';
  const contradicts = isPreservation ? ordinaryTypes.includes(parsed.type) : parsed.type === preservationType;
  if (!contradicts) return [];
  const detail = isPreservation
    ? 'The purpose is a preservation, but the case number is not of the type 执保.'
    : 'The case number is of the type 执保, but the purpose is not a preservation.';
  return [
    {
      rule: 'G5',
      pointer: '/purpose',
      code: 'contradicts-case',
      detail,
      fix: 'Choose the purpose that fits the case.',
    },
  ];
}

const isMissing = (text: string | null): boolean => text === null || text.trim() === '';
