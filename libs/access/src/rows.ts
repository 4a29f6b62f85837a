import type { CourtTree, PersonScope, RoleName, Sight } from '#contracts';

/** How far a role reaches from the person's own court. `mine`: the court, or assigned cases, as the court's policy says. */
type Reach = 'mine' | 'court' | 'below' | 'none';

/** `asking`: that somebody is asked about, and how it goes; `payload`: what was found; `acts`: where something may be done. */
export type RowKind = 'asking' | 'payload' | 'acts';
type Reaches = Readonly<Record<RowKind | 'trail' | 'people', Reach>>;

const nowhere: Reaches = { asking: 'none', payload: 'none', acts: 'none', trail: 'none', people: 'none' };

/** The one table of rows; its companion for rights is `scopesOfRole`. */
const reachOfRole: Readonly<Record<RoleName, Reaches>> = {
  officer: { ...nowhere, asking: 'mine', payload: 'mine', acts: 'mine' },
  approver: { ...nowhere, asking: 'below', payload: 'court', acts: 'court' },
  'court-admin': { ...nowhere, asking: 'below', acts: 'court', people: 'below' },
  auditor: { ...nowhere, trail: 'below' },
  ops: nowhere,
  integrator: nowhere,
  wallboard: nowhere,
  clerk: nowhere,
};

/** Somebody, as far as rows go. */
export interface RowsOf {
  readonly userId: string;
  readonly courtCode: string;
  readonly roles: readonly RoleName[];
}

/** Whose cases somebody sees, by what is looked at. */
export interface Rows {
  /** The asking: case, debtors (masked), status, counts, coverage lines. */
  readonly read: PersonScope;
  /** What was found: assets, sums, reports, answers, raw messages, documents. */
  readonly payload: PersonScope;
  /** Where something may be done. */
  readonly write: PersonScope;
  /** Courts whose trail in the ledger may be read. */
  readonly trail: readonly string[];
  /** Courts whose people are administered. */
  readonly people: readonly string[];
}

/** @param person of several roles: sees what any of them sees */
export function rowScopeOf(person: RowsOf, courts: CourtTree): Rows {
  return {
    read: scopeFor(person, courts, 'asking'),
    payload: scopeFor(person, courts, 'payload'),
    write: scopeFor(person, courts, 'acts'),
    trail: courtsOf(person, courts, 'trail'),
    people: courtsOf(person, courts, 'people'),
  };
}

const courtsOf = ({ roles, courtCode }: RowsOf, courts: CourtTree, kind: 'trail' | 'people'): readonly string[] => [
  ...new Set(roles.flatMap((role) => courtsWithin(reachOfRole[role][kind], courtCode, courts))),
];

/** What rows look at in a case. */
export interface CaseFacts {
  readonly courtCode: string;
  /** User ids of those it is assigned to now. */
  readonly officers: readonly string[];
  /** User ids of those who may still read it after a hand-over, and of those of them who may read the payload. */
  readonly readers: readonly string[];
  readonly payloadReaders: readonly string[];
}

/** Whether a case is within a scope: the same as `seesCase` of the store says in SQL. */
export function sees({ userId, courtCodes, assignedIn = [], handedOver }: PersonScope, facts: CaseFacts): boolean {
  if (courtCodes.includes(facts.courtCode)) return true;
  if (assignedIn.includes(facts.courtCode) && facts.officers.includes(userId)) return true;
  if (handedOver === undefined) return false;
  return (handedOver === 'asking' ? facts.readers : facts.payloadReaders).includes(userId);
}

/** By what somebody sees a case that they see. Nobody reads by a hand-over what is at their own court again. */
export const sightOf = ({ courtCodes, assignedIn = [] }: PersonScope, courtCode: string): Sight =>
  courtCodes.includes(courtCode) || assignedIn.includes(courtCode) ? 'court' : 'hand-over';

function scopeFor(person: RowsOf, courts: CourtTree, kind: RowKind): PersonScope {
  const reaches = person.roles.map((role) => scopeOfRole(person, role, { courts, kind }));
  const courtCodes = [...new Set(reaches.flatMap((each) => each.courtCodes))];
  const assignedIn = [...new Set(reaches.flatMap((each) => each.assignedIn ?? []))];
  const handedOver = reaches.find((each) => each.handedOver !== undefined)?.handedOver;
  return { userId: person.userId, courtCodes, assignedIn, ...(handedOver === undefined ? {} : { handedOver }) };
}

/** What one role of a person sees. Who sees a kind of thing at all also sees it where a case was handed over, if they saw it before. */
export function scopeOfRole(
  { userId, courtCode }: Pick<RowsOf, 'userId' | 'courtCode'>,
  role: RoleName,
  { courts, kind }: { readonly courts: CourtTree; readonly kind: RowKind },
): PersonScope {
  const reach = reachOfRole[role][kind];
  if (reach === 'none') return { userId, courtCodes: [], assignedIn: [] };
  const isAssigned = reach === 'mine' && courts.find(courtCode)?.officersSee === 'assigned';
  return {
    userId,
    courtCodes: isAssigned ? [] : courtsWithin(reach, courtCode, courts),
    assignedIn: isAssigned ? [courtCode] : [],
    ...(kind === 'acts' ? {} : { handedOver: kind }),
  };
}

function courtsWithin(reach: Reach, own: string, courts: CourtTree): readonly string[] {
  if (reach === 'none') return [];
  return reach === 'below' ? [own, ...courts.below(own)] : [own];
}
