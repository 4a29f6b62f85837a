import {
  type Debtor,
  type DebtorView,
  describeIdentifier,
  type Identifier,
  type NewDebtor,
  type ProblemItem,
  rareCharacters,
} from '#contracts';
import { ProblemError } from '../http/problem-error.ts';

type Hints = DebtorView['warnings'];
export interface EnteredDebtor {
  readonly debtor: Debtor;
  /** What the officer should confirm; a warning never blocks. */
  readonly warnings: Hints;
}

/**
 * The debtor as entered, with the derived forms of the identifiers.
 * @throws ProblemError naming every identifier that cannot be one of its type
 */
export function readDebtor(entered: NewDebtor): EnteredDebtor {
  const ids: Identifier[] = [];
  const errors: ProblemItem[] = [];
  const warnings: Hints = [];
  for (const [index, each] of entered.ids.entries()) {
    const pointer = `/ids/${index}/number`;
    const description = describeIdentifier(each);
    if (description.outcome === 'rejected') {
      errors.push({ pointer, code: `identifier-${description.problem}`, ...rejections[description.problem] });
      continue;
    }
    ids.push(description.identifier);
    if (description.problem !== null) warnings.push({ pointer, ...doubts[description.problem] });
    if (each.type === 'citizen-id' && description.identifier.normalised.length === 15)
      warnings.push({ pointer, ...shortNumber });
  }
  const name = tidy(entered.name);
  if (name === '')
    errors.push({
      pointer: '/name',
      code: 'required',
      detail: 'The name is empty.',
      fix: 'Enter the name as printed on the document.',
    });
  const [first, ...others] = ids.toSorted((one, other) => strength(one) - strength(other));
  if (errors.length > 0 || !first)
    throw new ProblemError('validation', 'The debtor cannot be entered like this.', { errors });
  const { aliases, formerNames, ids: _, ...rest } = entered;
  const debtor: Debtor = {
    ...rest,
    name,
    aliases: aliases.map(tidy),
    formerNames: formerNames.map(tidy),
    ids: [first, ...others],
  };
  return { debtor, warnings: [...warnings, ...rareHints('/name', name)] };
}

const tidy = (text: string): string => text.normalize('NFC').trim();

/** The strongest identifier first: agencies are asked with it. */
const strengths: readonly Identifier['type'][] = [
  'citizen-id',
  'uscc',
  'org-code',
  'passport',
  'hk-macao-taiwan',
  'military',
  'household-book',
  'business-licence',
  'other',
];
const strength = ({ type }: Identifier): number => strengths.indexOf(type);

const rejections = {
  empty: { detail: 'The number is empty.', fix: 'Enter the number as printed.' },
  length: {
    detail: 'The number has a length that no number of this type has.',
    fix: 'Count the characters again, or choose the right type.',
  },
  characters: {
    detail: 'The number holds characters that no number of this type has.',
    fix: 'Enter digits, and letters only where the type has them.',
  },
  'forbidden-letter': {
    detail: 'The number holds a letter that this type never uses.',
    fix: 'Letters like O and I are mostly the digits 0 and 1.',
  },
} as const;

const doubts = {
  'check-digit': {
    code: 'checksum-failed',
    detail: 'The check digit does not agree. Confirm the number, or correct it.',
  },
  'check-character': {
    code: 'checksum-failed',
    detail: 'The check character does not agree. Confirm the number, or correct it.',
  },
  'organisation-code': {
    code: 'checksum-failed',
    detail: 'The organisation code inside fails its own check. Confirm the number, or correct it.',
  },
  date: {
    code: 'date-impossible',
    detail: 'The birth date inside the number is not in the calendar. Confirm the number, or correct it.',
  },
  length: {
    code: 'checksum-failed',
    detail: 'It is an old number of another length and cannot be checked. Confirm it.',
  },
  partial: { code: 'checksum-failed', detail: 'It is only a part of a number. Confirm it, or enter the whole number.' },
  shape: { code: 'checksum-failed', detail: 'It is not of the usual pattern. Confirm it.' },
} as const;

const shortNumber = {
  code: 'id15-only',
  detail:
    'It is the old form of 15 digits, which several persons may share. Enter the number of 18 digits if it is known.',
} as const;

const rareHints = (pointer: string, name: string): Hints => {
  const rare = rareCharacters(name).filter(({ level }) => level !== 'gbk'); // nearly every system carries GBK
  const labels = rare.map(({ label }) => label);
  return labels.length === 0
    ? []
    : [
        {
          code: 'rare-character',
          pointer,
          detail: `The name holds ${labels.join(', ')}. A channel that cannot carry it is not asked, and the report says so.`,
        },
      ];
};
