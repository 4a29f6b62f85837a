import { childNamed, childrenNamed, matchDebtor, readDate, type XmlElement } from '#adapter-kit';
import { maskIdentifier, type CoRight, type Debtor, type Match } from '#contracts';
import { textAt } from './answer.ts';
import type { Search } from './search.ts';

export type RoleKind = 'OWNE' | 'ACCE';

/** What the roles of an account say: how the debtor stands to it, and who else does. */
export interface Roles {
  readonly own: ReadonlyMap<RoleKind, Match>; // the debtor's, with how surely it is the debtor
  readonly others: readonly CoRight[];
  readonly unreadable: number; // roles that name nobody, or of another list than RLTP
}

interface Asked {
  readonly debtor: Debtor;
  readonly rule: Search['rule'];
}

/** Reads the roles of one account (iso20022-auth.md §4.1): one element per person and role. */
export function readRoles(elements: readonly XmlElement[], asked: Asked): Roles {
  const own = new Map<RoleKind, Match>();
  const others: CoRight[] = [];
  let unreadable = 0;
  for (const element of elements) {
    const kind = roleKind(element);
    const person = personIn(element);
    if (kind === null || (person.name === null && person.idNumber === null)) {
      unreadable += 1;
      continue;
    }
    const match = matchOf(person, asked);
    if (match === 'other-person') others.push(coRight(person, kind));
    else if (!own.has(kind)) own.set(kind, match);
  }
  return { own, others, unreadable };
}

interface Person {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly birthDate: string | null;
  readonly kind: 'person' | 'company' | null;
}

/** A code counts only by the list it is of (WIRE-24): OWNE and ACCE under RLTP. */
function roleKind(role: XmlElement): RoleKind | null {
  const owner = childNamed(role, 'OwnrTp');
  if (textAt(owner, 'Prtry', 'SchmeNm') !== 'RLTP') return null;
  const code = textAt(owner, 'Prtry', 'Id');
  return code === 'OWNE' || code === 'ACCE' ? code : null;
}

/** Nationalities, names and dates of registration travel among the identifiers: they are no numbers of a person. */
const noNumbers: ReadonlySet<string> = new Set(['NATI', 'NAME', 'RGDT', 'ORDN']);

function personIn(role: XmlElement): Person {
  const party = childNamed(role, 'Pty');
  const id = party && childNamed(party, 'Id');
  const natural = id && childNamed(id, 'PrvtId');
  const organisation = id && childNamed(id, 'OrgId');
  const numbers = childrenNamed(natural ?? organisation ?? role, 'Othr').filter(
    (other) => !noNumbers.has(textAt(other, 'SchmeNm', 'Cd') ?? ''),
  );
  const born = textAt(natural, 'DtAndPlcOfBirth', 'BirthDt');
  return {
    name: textAt(party, 'Nm'),
    idNumber: textAt(numbers[0] ?? null, 'Id'),
    birthDate: born === null ? null : readDate(born, 'birthDate').value,
    kind: natural ? 'person' : organisation ? 'company' : null,
  };
}

/** Searched by name and birth date, the name alone is not enough: the birth date must agree as well (domain.md §7.3). */
function matchOf({ name, idNumber, birthDate }: Person, { debtor, rule }: Asked): Match | 'other-person' {
  const match = matchDebtor(debtor, { name, idNumber });
  if (match === 'other-person' || match.confidence !== 'name-only') return match;
  if (birthDate === null || debtor.birthDate === null) return match;
  if (birthDate !== debtor.birthDate) return 'other-person';
  if (rule !== 'name-birth-nationality') return match;
  return { ...match, basis: [...match.basis, 'birth-date'], confidence: 'medium' };
}

function coRight({ name, idNumber, kind }: Person, role: RoleKind): CoRight {
  const masked = idNumber === null ? null : maskIdentifier(idNumber);
  return {
    holderName: name ?? masked ?? '*',
    holderIdMasked: masked,
    holderKind: kind,
    isDebtor: false,
    share: null,
    mode: null,
    rightKind: role === 'OWNE' ? 'co-ownership' : 'right-of-disposal',
    holdsCertificate: null,
    amount: null,
    sequence: null,
  };
}
