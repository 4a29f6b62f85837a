import type { CallReply } from '../calls/call-profile.ts';
import iconv from 'iconv-lite';
import { xmlText, type XmlTree } from '../xml-tree.ts';

const iso = 'urn:iso:std:iso:20022:tech:xsd:';

/** What was asked, as the answer repeats it. */
export interface Asked {
  readonly investigation: string;
  readonly header: XmlTree;
  readonly criteria: XmlTree;
  readonly wanted: readonly string[];
}

/** What an auth.002 says besides what it repeats. `indicators` and `supplements` are written elements. */
export interface Told {
  readonly status: 'NRES' | 'PART' | 'COMP';
  readonly investigation: string;
  readonly indicators: readonly string[];
  readonly supplements: readonly string[];
  readonly at: string; // UTC, to the second
}

/** The answer in its envelope, not signed yet (iso20022-auth.md §2, §4). */
export function answerMessage(asked: Asked, { status, investigation, indicators, supplements, at }: Told): string {
  const related = asked.header.children.filter(({ name }) => name !== 'Sgntr').map(writeTree);
  const [from, to] = ['Fr', 'To'].map((name) => partyOf(asked.header, name));
  const header = [
    xmlText('CharSet', 'UTF-8'),
    `<Fr>${to}</Fr><To>${from}</To>`,
    xmlText('BizMsgIdr', investigation.slice(0, 35)),
    xmlText('MsgDefIdr', 'auth.002.001.01'),
    xmlText('CreDt', at),
    '<Sgntr/>',
    `<Rltd>${related.join('')}</Rltd>`,
  ];
  const body = [
    xmlText('RspnId', `R${investigation}`.slice(0, 35)),
    xmlText('InvstgtnId', investigation),
    xmlText('RspnSts', status),
    writeTree(asked.criteria),
    ...indicators,
    ...supplements,
  ];
  const document = `<Document xmlns="${iso}auth.002.001.01"><InfReqRspn>${body.join('')}</InfReqRspn></Document>`;
  const head = `<AppHdr xmlns="${iso}head.001.001.01">${header.join('')}</AppHdr>`;
  return envelope(
    `<ApplicationResponse xmlns="urn:fi:tulli:wsdl_root.002" id="applicationResponse">${head}${document}</ApplicationResponse>`,
  );
}

/** One indicator: `NFOU`, `NOAP`, or the extension document of a result. */
export const indicator = (message: string, outcome: string): string => {
  const isStatus = /^[A-Z]{4}$/.test(outcome);
  const result = isStatus ? xmlText('InvstgtnSts', outcome) : `<Rslt>${outcome}</Rslt>`;
  const type = `<AuthrtyReqTp>${xmlText('MsgNmId', message)}</AuthrtyReqTp>`;
  return `<RtrInd>${type}<InvstgtnRslt>${result}</InvstgtnRslt></RtrInd>`;
};

const faultTexts = [
  'Internal Server Error',
  'The query has been lost. Please re-send initial query.',
  'The provided signature is invalid.',
  'Too many requests',
  'Bad Request',
  'Unauthorized',
  'Query response size is too large. Please refine the query.',
  'Query response has multiple hits. Please refine the query.',
  'Query has expired and is closed',
] as const;
const ofServer: ReadonlySet<number> = new Set([0, 1, 8]);

/** A SOAP fault by its code (iso20022-auth.md §6), with HTTP 500. */
export function faultReply(code: number, errors: readonly string[] = []): CallReply {
  const kind = ofServer.has(code) ? 'Server' : 'Client';
  const detail = xmlText('errorcode', String(code)) + errors.map((each) => xmlText('ValidationError', each)).join('');
  const text = xmlText('faultstring', faultTexts[code] ?? '').replace('>', ' xml:lang="en">');
  const fault = `<soap:Fault><faultcode>soap:${kind}</faultcode>${text}<detail>${detail}</detail></soap:Fault>`;
  return replyOf(envelope(fault), 500);
}

export function replyOf(xml: string, status: number): CallReply {
  return { status, contentType: 'text/xml; charset=utf-8', body: Buffer.from(xml), garbled: iconv.encode(xml, 'gbk') };
}

const envelope = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>${content}</soap:Body></soap:Envelope>`;

/** The identification alone: whom to call stands only in a query. */
function partyOf(header: XmlTree, name: string): string {
  const organisation = header.children.find((each) => each.name === name)?.children[0];
  const id = organisation?.children.find((each) => each.name === 'Id');
  return `<OrgId>${id === undefined ? '' : writeTree(id)}</OrgId>`;
}

/** An element as it was read, without its namespaces: it stands where the same namespace is in force. */
function writeTree({ name, children, text }: XmlTree): string {
  return children.length === 0 ? xmlText(name, text) : `<${name}>${children.map(writeTree).join('')}</${name}>`;
}
