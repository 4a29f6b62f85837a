import { maskIdentifier, sameIdentity, sameName, type Debtor, type Match, type MatchBasis } from '#contracts';

/** Whom an answer says it is about; null where it does not say. */
interface Returned {
  readonly name: string | null;
  readonly idNumber: string | null;
}

type NameAgreement = 'same' | 'variant' | 'different' | 'missing';

/**
 * How surely an answer is about the debtor (domain.md §7.3). `other-person`: the name or the number is somebody else's,
 * so nothing in the answer may be accepted, not even that it is empty. A masked number says nothing.
 */
export function matchDebtor(debtor: Debtor, returned: Returned): Match | 'other-person' {
  const returnedName = returned.name?.normalize('NFC').trim() || null;
  const idNumber = returned.idNumber?.trim() || null;
  const name = nameAgreement(debtor, returnedName);
  const comparable = idNumber?.includes('*') ? null : idNumber;
  const number = comparable === null ? null : numberAgreement(debtor, comparable);
  if (name === 'different' || number === 'different') return 'other-person';
  const basis: MatchBasis[] = [...(name === 'same' ? ['name' as const] : []), ...(isBasis(number) ? [number] : [])];
  return {
    basis,
    confidence: confidenceOf(name, number),
    returnedName,
    returnedIdMasked: idNumber === null ? null : maskIdentifier(idNumber),
  };
}

/**
 * For answers that carry no person's data: the agency compared before it answered, as its match rule declares. Without
 * the name in the rule the number stands alone, which is no more than `medium`.
 */
export function matchByRule(debtor: Debtor, rule: 'name-and-id' | 'id-only'): Match {
  const number = sameIdentity(debtor.ids, debtor.ids[0].normalised);
  const basis: MatchBasis[] = [
    ...(rule === 'name-and-id' ? ['name' as const] : []),
    ...(number === null ? [] : [number]),
  ];
  const confidence = rule === 'name-and-id' ? 'strong' : 'medium';
  return { basis, confidence, returnedName: null, returnedIdMasked: null };
}

type NumberAgreement = ReturnType<typeof sameIdentity> | 'same' | 'different';

/** `same`: equal, but of a type that is no basis of its own, such as a military card. */
function numberAgreement({ ids }: Debtor, idNumber: string): Exclude<NumberAgreement, null> {
  const basis = sameIdentity(ids, idNumber);
  if (basis !== null) return basis;
  const folded = idNumber.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  return ids.some(({ normalised }) => normalised === folded) ? 'same' : 'different';
}

function isBasis(number: NumberAgreement): number is Exclude<ReturnType<typeof sameIdentity>, null> {
  return number !== null && number !== 'same' && number !== 'different';
}

function confidenceOf(name: NameAgreement, number: NumberAgreement): Match['confidence'] {
  if (number === null) return 'name-only';
  const isProof = number !== 'same' && number !== 'passport'; // numbers of passports repeat between countries
  return name === 'same' && isProof ? 'strong' : 'medium';
}

function nameAgreement({ name, aliases, formerNames }: Debtor, returned: string | null): NameAgreement {
  if (returned === null) return 'missing';
  if (sameName(name, returned)) return 'same';
  return [...aliases, ...formerNames].some((variant) => sameName(variant, returned)) ? 'variant' : 'different';
}
