import type { Identifier, IdentifierType } from '../debtor.ts';
import { accept, reject } from './check.ts';
import type { CheckRejection, CheckWarning, IdentifierCheck } from './check.ts';
import { checkCitizenId, to15 } from './citizen-id.ts';
import { foldCode } from './fold-code.ts';
import { checkOrgCode } from './org-code.ts';
import { checkUscc, orgCodeOfUscc } from './uscc.ts';

/** Longer than any number known; types without a rule have no other bound. */
const longestNumber = 100;

/** An identity number as an officer enters it, the country as ISO 3166 alpha-2. */
export type EnteredIdentifier = {
  readonly type: IdentifierType;
  readonly number: string;
  readonly country?: string | null | undefined;
  readonly issuer?: string | null | undefined;
};

export type IdentifierDescription =
  | { readonly outcome: 'accepted'; readonly identifier: Identifier; readonly problem: CheckWarning | null }
  | { readonly outcome: 'rejected'; readonly problem: CheckRejection };

/** The identifier with its derived forms, and what the officer has to confirm; or why it cannot be one of its type. */
export function describeIdentifier(entered: EnteredIdentifier): IdentifierDescription {
  const { type } = entered;
  const check = checkByType(type, entered.number);
  if (check.outcome === 'rejected') return check;
  const { normalised, checksum, problem } = check;
  const identifier: Identifier = {
    type,
    number: entered.number.normalize('NFC').trim(),
    normalised,
    variant15: type === 'citizen-id' && normalised.length === 18 ? to15(normalised) : null,
    orgCode: type === 'uscc' ? orgCodeOfUscc(normalised) : null,
    checksum,
    country: textOrNull(entered.country),
    issuer: textOrNull(entered.issuer),
  };
  return { outcome: 'accepted', identifier, problem };
}

function checkByType(type: IdentifierType, number: string): IdentifierCheck {
  if (type === 'citizen-id') return checkCitizenId(number);
  if (type === 'uscc') return checkUscc(number);
  if (type === 'org-code') return checkOrgCode(number);
  const normalised = foldCode(number); // no public rule for the other types
  if (normalised === '') return reject('empty');
  return normalised.length > longestNumber ? reject('length') : accept(normalised, 'not-applicable');
}

function textOrNull(text: string | null | undefined): string | null {
  return text?.normalize('NFC').trim() || null;
}
