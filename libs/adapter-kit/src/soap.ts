import { NoAnswer } from '#contracts';
import { decodeText } from './text-encoding.ts';
import { childNamed, element, parseXml, writeXml, type XmlElement } from './xml.ts';

/** One argument of an operation. */
interface SoapArgument {
  readonly name: string;
  readonly text: string;
}

/** An operation with the texts of its arguments by name. */
export interface SoapCall {
  readonly operation: string;
  readonly args: Readonly<Record<string, string>>;
}

const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const plainCode = /^[\w.:-]{1,60}$/;

/** A call (SOAP 1.1, document/literal as RPC-like services write it: arguments without a namespace). */
// oxlint-disable-next-line max-params -- an operation and its arguments read as the call they become
export function soapCall(namespace: string, operation: string, args: readonly SoapArgument[], prefix = 'svc'): string {
  const children = args.map(({ name, text }) => element(name, { text }));
  return soapEnvelope(qualified(namespace, { prefix, name: operation, children }));
}

/** @throws NoAnswer unintelligible if it is no SOAP call, or names an argument twice */
export function readSoapCall(bytes: Uint8Array): SoapCall {
  const { name, children } = readSoapBody(bytes);
  const args = new Map(children.map((child) => [child.name, child.text]));
  if (args.size < children.length) throw new NoAnswer('unintelligible', 'a SOAP call that names an argument twice');
  return { operation: name, args: Object.fromEntries(args) };
}

/** The reply of an operation: `<operationResponse><return>…`. */
export function soapReply(namespace: string, operation: string, result: string): string {
  const children = [element('return', { text: result })];
  return soapEnvelope(qualified(namespace, { prefix: 'svc', name: `${operation}Response`, children }));
}

/**
 * The text of the first `return` of a reply.
 *
 * @throws NoAnswer unavailable if the service replied with a fault, whose code becomes the reason code; unintelligible
 *   if it is no SOAP reply
 */
export function readSoapReply(bytes: Uint8Array): string {
  const content = readSoapBody(bytes);
  if (content.name === 'Fault') throw faultOf(content);
  const returned = childNamed(content, 'return');
  if (!returned) throw new NoAnswer('unintelligible', 'a SOAP reply without a return');
  return returned.text;
}

/** A fault: `code` without prefix, such as `Client` or `Server`; the text must not name anybody. */
export function soapFault(code: string, text: string): string {
  const children = [element('faultcode', { text: `soap:${code}` }), element('faultstring', { text })];
  return soapEnvelope(element('soap:Fault', { children }));
}

interface Qualified {
  readonly prefix: string;
  readonly name: string;
  readonly children: readonly XmlElement[];
}

function qualified(namespace: string, { prefix, name, children }: Qualified): XmlElement {
  return element(`${prefix}:${name}`, { attributes: { [`xmlns:${prefix}`]: namespace }, children });
}

/** A SOAP 1.1 envelope around the one element of its body. */
export function soapEnvelope(content: XmlElement): string {
  const body = element('soap:Body', { children: [content] });
  const attributes = { 'xmlns:soap': envelopeNamespace };
  return writeXml(element('soap:Envelope', { attributes, children: [body] }), declaration);
}

/**
 * The first element of a SOAP body, a fault among them.
 *
 * @throws NoAnswer unintelligible if it is no SOAP envelope with a body
 */
export function readSoapBody(bytes: Uint8Array): XmlElement {
  const envelope = parseXml(decodeText(bytes, 'utf-8'));
  const content = envelope.name === 'Envelope' ? childNamed(envelope, 'Body')?.children[0] : undefined;
  if (!content) throw new NoAnswer('unintelligible', 'XML that is no SOAP envelope with a body');
  return content;
}

function faultOf(fault: XmlElement): NoAnswer {
  const detail = childNamed(fault, 'detail');
  const code = (detail && childNamed(detail, 'errorcode')?.text) ?? childNamed(fault, 'faultcode')?.text ?? '';
  const local = code.trim().replace(/^[\w-]+:/, '');
  return new NoAnswer('unavailable', 'the service replied with a fault', {
    reasonCode: plainCode.test(local) ? local : null,
  });
}
