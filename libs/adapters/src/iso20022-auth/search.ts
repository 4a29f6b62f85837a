import { element, type XmlElement } from '#adapter-kit';
import { NoAnswer, type Debtor, type Identifier, type MatchRule } from '#contracts';
import type { RegisterSettings } from './settings.ts';

/** How the debtor is searched for, and what the register compares before it answers. */
export interface Search {
  readonly criteria: XmlElement; // SchCrit
  readonly rule: Extract<MatchRule, 'id-only' | 'name-birth-nationality' | 'name-exact'>;
}

const organisationIds: ReadonlySet<Identifier['type']> = new Set(['uscc', 'org-code', 'business-licence']);
const longestId = 35;
const longestName = 140;

/**
 * The search table of iso20022-auth.md §3: a personal or registration number where there is one, else name, nationality
 * and birth date, else the name of a company.
 *
 * @throws NoAnswer identity-mismatch if the debtor has nothing that this register searches by
 */
export function searchFor(debtor: Debtor, settings: RegisterSettings): Search {
  const { party, rule } = debtor.kind === 'natural' ? personOf(debtor, settings) : companyOf(debtor, settings);
  const requests = settings.wanted.map((name) =>
    element('AuthrtyReq', {
      children: [inside('Tp', text('MsgNmId', name)), inside('InvstgtdRoles', text('Cd', 'ALLP'))],
    }),
  );
  const customer = element('CstmrId', { children: [party, ...requests] });
  return { criteria: inside('SchCrit', customer), rule };
}

interface Party {
  readonly party: XmlElement;
  readonly rule: Search['rule'];
}

function personOf(debtor: Debtor, { personScheme }: RegisterSettings): Party {
  const number = debtor.ids.find(({ type }) => type === 'citizen-id');
  if (number) {
    const id = inside('PrvtId', identified(number.normalised, personScheme));
    return { party: partyOf(debtor.name, id), rule: 'id-only' };
  }
  const { birthDate, nationality } = debtor;
  if (birthDate === null || nationality === null) throw notCarried();
  const born = element('DtAndPlcOfBirth', {
    // Place and country are demanded by the schema and not used (iso20022-auth.md §7).
    children: [text('BirthDt', birthDate), text('CityOfBirth', 'not in use'), text('CtryOfBirth', 'XX')],
  });
  const id = element('PrvtId', { children: [born, identified(nationality, 'NATI')] });
  return { party: partyOf(debtor.name, id), rule: 'name-birth-nationality' };
}

function companyOf(debtor: Debtor, { companyScheme }: RegisterSettings): Party {
  const number = debtor.ids.find(({ type }) => organisationIds.has(type));
  const other = number ? identified(number.normalised, companyScheme) : identified('1', 'NAME');
  return { party: partyOf(debtor.name, inside('OrgId', other)), rule: number ? 'id-only' : 'name-exact' };
}

function partyOf(name: string, id: XmlElement): XmlElement {
  if (Array.from(name).length > longestName) throw notCarried();
  return element('Pty', { children: [text('Nm', name), inside('Id', id)] });
}

function identified(id: string, scheme: string): XmlElement {
  if (id.length > longestId) throw notCarried();
  return element('Othr', { children: [text('Id', id), inside('SchmeNm', text('Cd', scheme))] });
}

/** Whether two elements say the same: names, texts and order, without namespaces and attributes. */
export function saysTheSame(one: XmlElement, other: XmlElement): boolean {
  return (
    one.name === other.name &&
    one.text.trim() === other.text.trim() &&
    one.children.length === other.children.length &&
    one.children.every((child, place) => {
      const counterpart = other.children[place];
      return counterpart !== undefined && saysTheSame(child, counterpart);
    })
  );
}

export const text = (name: string, value: string): XmlElement => element(name, { text: value });
export const inside = (name: string, child: XmlElement): XmlElement => element(name, { children: [child] });

function notCarried(): NoAnswer {
  return new NoAnswer('identity-mismatch', 'a debtor with nothing that this register searches by', {
    reasonCode: 'id-type-not-carried',
  });
}
