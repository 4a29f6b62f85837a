import type { Identifier } from '../debtor.ts';
import type { MatchBasis } from '../match.ts';
import { checkCitizenId, to15 } from './citizen-id.ts';
import { foldCode } from './fold-code.ts';
import { checkUscc, orgCodeOfUscc } from './uscc.ts';

/** What a returned number agreed on; the part of `match.basis` (domain.md §7.3) that numbers can give. */
export type NumberBasis = Extract<MatchBasis, 'id18' | 'uscc' | 'passport' | 'org-code' | 'id15'>;

/** Strongest first: a 15-digit form fits persons of different centuries. */
const strength = ['id18', 'uscc', 'passport', 'org-code', 'id15'] as const satisfies readonly NumberBasis[];

type MatchableIdentifier = Pick<Identifier, 'type' | 'normalised' | 'variant15' | 'orgCode'>;

/**
 * The strongest basis on which a number in an answer is one of the debtor's, null if it is none of them.
 *
 * Lower-case x, spaces, hyphens and full-width forms are folded. 18 digits are shortened to compare with 15, never the
 * other way round, and two numbers of 18 digits are only compared whole. Types without a basis in domain.md §7.3
 * (`military`, `other` and so on) give null even if the numbers are equal.
 */
export function sameIdentity(
  debtorIdentifiers: readonly MatchableIdentifier[],
  returnedNumber: string,
): NumberBasis | null {
  const returned = foldCode(returnedNumber);
  if (returned === '') return null;
  const bases = new Set(debtorIdentifiers.map((identifier) => basisOf(identifier, returned)));
  return strength.find((basis) => bases.has(basis)) ?? null;
}

function basisOf(identifier: MatchableIdentifier, returned: string): NumberBasis | null {
  switch (identifier.type) {
    case 'citizen-id':
      return citizenIdBasis(identifier, returned);
    case 'uscc':
      if (identifier.normalised === returned) return 'uscc';
      return identifier.orgCode === returned ? 'org-code' : null;
    case 'org-code':
      return identifier.normalised === returned || identifier.normalised === orgCodeInside(returned)
        ? 'org-code'
        : null;
    case 'passport':
      return identifier.normalised === returned ? 'passport' : null;
    default:
      return null;
  }
}

function citizenIdBasis(identifier: MatchableIdentifier, returned: string): NumberBasis | null {
  const isShort = identifier.normalised.length === 15;
  if (identifier.normalised === returned) return isShort ? 'id15' : 'id18';
  if (identifier.variant15 === returned) return 'id15';
  return isShort && shortForm(returned) === identifier.normalised ? 'id15' : null;
}

function shortForm(returned: string): string | null {
  return returned.length === 18 && checkCitizenId(returned).outcome === 'accepted' ? to15(returned) : null;
}

/** A person's number of 18 digits is no USCC: nine of its digits must not pass for an organisation code. */
function orgCodeInside(returned: string): string | null {
  const uscc = checkUscc(returned);
  if (uscc.outcome === 'rejected') return null;
  const citizenId = checkCitizenId(returned);
  const isPerson = citizenId.outcome === 'accepted' && citizenId.checksum === 'ok';
  return isPerson && uscc.checksum !== 'ok' ? null : orgCodeOfUscc(returned);
}
