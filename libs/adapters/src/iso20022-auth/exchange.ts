import { decodeText, readSoapBody, soapEnvelope, xmlSigner, xmlVerifier, type XmlElement } from '#adapter-kit';
import type { AdapterPorts, HttpPort } from '#contracts';
import { readAnswer, type Answer } from './answer.ts';
import { readFault, type Fault } from './faults.ts';
import { applicationRequest, signedQuery, type Query } from './query.ts';
import type { RegisterSettings } from './settings.ts';
import type { Signature } from './translate.ts';

/** A good answer, with what its signature was found to be, or a fault. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly signature: Signature }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface Call {
  readonly path: string;
  readonly query: Query;
  readonly resultKey?: string;
  readonly http: HttpPort;
  readonly signal: AbortSignal;
}

/** A good answer comes with 202, a fault with 500 (iso20022-auth.md §1); some stacks cannot help saying 200. */
const accepts = [200, 202, 500] as const;

/** One exchange with a register: signed, sent, checked, read. */
export function openExchange(ports: AdapterPorts<RegisterSettings>): (call: Call) => Promise<Reply> {
  const { settings, now } = ports;
  const sign = signerOf(ports);
  const verify = verifierOf(ports);
  return async ({ path, query, resultKey, http, signal }) => {
    const written = { settings, now: now(), ...(resultKey !== undefined && { resultKey }) };
    const body = sign(soapEnvelope(applicationRequest(query, written)), signedQuery);
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      'x-correlation-id': query.inquiry.correlationId,
    };
    const reply = await http.send(path, { method: 'POST', headers, body, accepts, signal });
    const content = readSoapBody(reply.body);
    if (content.name === 'Fault') return { kind: 'fault', fault: readFault(content, settings.pollingIntervalMs) };
    const read = verify(decodeText(reply.body, 'utf-8'));
    return { kind: 'answer', answer: readAnswer(read.content), signature: read.signature };
  };
}

function signerOf({ settings: { signing }, secret }: AdapterPorts<RegisterSettings>) {
  const { keyRef, certificateRef, algorithm } = signing;
  const certificate = certificateRef === null ? null : secret(certificateRef.secret);
  return xmlSigner({ privateKey: secret(keyRef.secret), certificate, algorithm });
}

interface Verified {
  readonly content: XmlElement;
  readonly signature: Signature;
}

/** What is read is what was signed: nothing else in the message is looked at. */
function verifierOf({ settings, secret }: AdapterPorts<RegisterSettings>): (xml: string) => Verified {
  const verify = xmlVerifier(secret(settings.partnerCertificateRef.secret));
  if (settings.verifyPartnerSignature) {
    return (xml) => ({ content: verify(xml, 'applicationResponse'), signature: 'valid' });
  }
  return (xml) => ({ content: readSoapBody(Buffer.from(xml)), signature: 'not-checked' });
}
