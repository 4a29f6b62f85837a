import { element, type XmlElement } from '#adapter-kit';
import { NoAnswer, type Agency, type Inquiry } from '#contracts';
import { inside, searchFor, text, type Search } from './search.ts';
import type { RegisterSettings } from './settings.ts';

/** What is asked, under which number. */
export interface Query {
  readonly inquiry: Inquiry;
  readonly agency: Agency;
  readonly requestNumber: string;
  readonly search: Search;
}

interface Written {
  readonly settings: RegisterSettings;
  readonly now: Date;
  readonly resultKey?: string; // flow keys: what is asked for is the status or result behind this key
}

const iso = 'urn:iso:std:iso:20022:tech:xsd:';
const longestNumber = 35;
const pathOfSignature = ['AppHdr', 'Sgntr'];

/** Where the signature of a query goes. */
export const signedQuery = { id: 'applicationRequest', inside: pathOfSignature } as const;

/** @throws NoAnswer if the wire cannot carry the debtor or the request number */
export function queryOf(
  inquiry: Inquiry,
  asking: { readonly agency: Agency; readonly requestNumber: string },
  settings: RegisterSettings,
): Query {
  const { agency, requestNumber } = asking;
  if (requestNumber.length > longestNumber) {
    throw new NoAnswer('unintelligible', 'a request number that the message cannot carry', {
      reasonCode: 'request-number-too-long',
    });
  }
  return { inquiry, agency, requestNumber, search: searchFor(inquiry.debtor, settings) };
}

/** The unsigned body of a call: header and auth.001 (iso20022-auth.md §1–§3). */
export function applicationRequest(query: Query, written: Written): XmlElement {
  return element('ApplicationRequest', {
    attributes: { xmlns: 'urn:fi:tulli:wsdl_root.002', id: signedQuery.id },
    children: [headerOf(query, written), documentOf(query, written)],
  });
}

function headerOf({ inquiry, agency, requestNumber }: Query, { settings, now }: Written): XmlElement {
  const { officer } = inquiry;
  const phone = phoneOf(officer.phone);
  const contact = element('CtctDtls', {
    children: [text('Nm', officer.name), ...(phone === null ? [] : [text('PhneNb', phone)])],
  });
  const partner = settings.partnerBusinessId ?? agency.code;
  return element('AppHdr', {
    attributes: { xmlns: `${iso}head.001.001.01` },
    children: [
      text('CharSet', 'UTF-8'),
      inside('Fr', organisation(settings.ownBusinessId, settings.businessIdScheme, contact)),
      inside('To', organisation(partner, settings.businessIdScheme)),
      text('BizMsgIdr', requestNumber),
      text('MsgDefIdr', 'auth.001.001.01'),
      text('CreDt', `${now.toISOString().slice(0, 19)}Z`),
      element('Sgntr'),
    ],
  });
}

function organisation(id: string, scheme: string, contact: XmlElement | null = null): XmlElement {
  const other = element('Othr', { children: [text('Id', id), inside('SchmeNm', text('Cd', scheme))] });
  const own = inside('Id', inside('OrgId', other));
  return element('OrgId', { children: contact === null ? [own] : [own, contact] });
}

/** The one form of a number that the schema allows: `+`, country, `-`, digits; another form is left out. */
function phoneOf(phone: string | null): string | null {
  return phone !== null && /^\+[0-9]{1,3}-[0-9()+-]{1,30}$/.test(phone) ? phone : null;
}

function documentOf(query: Query, written: Written): XmlElement {
  const { inquiry, requestNumber, search } = query;
  const { settings, now } = written;
  const { legal, transactionPeriod, dueAt } = inquiry;
  const today = now.toISOString().slice(0, 10);
  const { from, to } = transactionPeriod ?? { from: today, to: today };
  const mandate = [
    text('Prgrph', cut(legal.documentNumber || legal.basis, longestNumber)),
    text('Dsclmr', cut(`${legal.caseNumber} ${legal.documentName}`, 350)),
  ];
  const opening = element('InfReqOpng', {
    children: [
      text('InvstgtnId', requestNumber),
      element('LglMndtBsis', { children: mandate }),
      text('CnfdtltySts', 'true'),
      ...(settings.sendsDueDate ? [inside('DueDt', text('DueDt', dueAt.slice(0, 10)))] : []),
      inside('InvstgtnPrd', element('Dt', { children: [text('FrDt', from), text('ToDt', to)] })),
      search.criteria,
      ...extensions(query, written).map((each) => inside('SplmtryData', inside('Envlp', each))),
    ],
  });
  return element('Document', { attributes: { xmlns: `${iso}auth.001.001.01` }, children: [opening] });
}

/** fin.012 says who asks; fin.020 which key of the aggregating application is meant. */
function extensions(query: Query, { settings, resultKey }: Written): readonly XmlElement[] {
  const fin012 = settings.fin012 === 'off' ? [] : [inquirer(query, settings)];
  if (resultKey === undefined) return fin012;
  const keys = inside('InfReqFin020', inside('ResultKeyList', text('ResultKey', resultKey)));
  return [...fin012, element('Document', { attributes: { xmlns: 'urn:fin.020.001.01' }, children: [keys] })];
}

function inquirer({ inquiry: { officer, approver }, agency }: Query, settings: RegisterSettings): XmlElement {
  const isNew = settings.fin012 === '.04';
  const asker = element('AuthorityInquiry', {
    children: [
      text('OfficialId', officer.id),
      ...(approver === null ? [] : [text('OfficialSuperiorId', approver.id)]),
      ...(isNew ? [text('OfficialOrgId', settings.ownBusinessId)] : []),
    ],
  });
  const sources = settings.flow === 'keys' && isNew ? [text('DataSourceOrgId', agency.code)] : [];
  const children = [asker, ...sources.map((each) => inside('RequestedDataSources', each))];
  return element('Document', {
    attributes: { xmlns: `urn:fin.012.001${settings.fin012}` },
    children: [element('InfReqFin012', { children })],
  });
}

const cut = (value: string, longest: number): string => Array.from(value).slice(0, longest).join('');
