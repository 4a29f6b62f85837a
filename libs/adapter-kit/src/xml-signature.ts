import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { NoAnswer } from '#contracts';
import { SignedXml } from 'xml-crypto';
import { parseXml, type XmlElement } from './xml.ts';

/** Signature algorithms of XML-DSig that we write and accept. */
export const signatureAlgorithms = ['rsa-sha256', 'rsa-sha512'] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

interface SignerSettings {
  readonly privateKey: string; // PEM
  readonly certificate: string | null; // PEM, sent along in KeyInfo
  readonly algorithm: SignatureAlgorithm;
}

/** What is signed, and where its signature goes. */
export interface SignedPlace {
  readonly id: string; // the attribute `id` of the signed element
  readonly inside: readonly string[]; // names from the signed element down to the one that takes the signature
}

const namespace = 'http://www.w3.org/2000/09/xmldsig#';
const enveloped = `${namespace}enveloped-signature`;
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const digests = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];
const fewestKeyBits = 2_048;

/**
 * Signs an element: XML-DSig, enveloped, exclusive C14N, RSA with SHA-256 or SHA-512 for signature and digest alike.
 *
 * @returns the document with its signature in the place
 * @throws Error at once if the key is no RSA key of 2,048 bits
 */
export function xmlSigner(settings: SignerSettings): (xml: string, place: SignedPlace) => string {
  const { algorithm, certificate } = settings;
  const key = rsaKey(createPrivateKey(settings.privateKey));
  return (xml, { id, inside }) => {
    const signed = new SignedXml({
      privateKey: key,
      ...(certificate !== null && { publicCert: certificate }),
      signatureAlgorithm: `${more}${algorithm}`,
      canonicalizationAlgorithm: exclusive,
      ...(certificate === null && { getKeyInfoContent: () => null }),
    });
    const digestAlgorithm = `http://www.w3.org/2001/04/xmlenc#${algorithm.slice('rsa-'.length)}`;
    const element = `//*[@id='${id}']`;
    signed.addReference({ xpath: element, transforms: [enveloped, exclusive], digestAlgorithm });
    const reference = element + inside.map((name) => `/*[local-name(.)='${name}']`).join('');
    signed.computeSignature(xml, { location: { reference, action: 'append' } });
    return signed.getSignedXml();
  };
}

/**
 * Reads an element that a partner signed, whose certificate or public key (PEM) is known beforehand: a key in the
 * message is not looked at. What comes back is read from the bytes that were signed, so that an element put beside the
 * signed one is never read.
 *
 * @throws Error at once if the key is no RSA key of 2,048 bits; later NoAnswer unintelligible, `signature-missing` or
 *   `signature-invalid`
 */
export function xmlVerifier(partner: string): (xml: string, id: string) => XmlElement {
  const publicKey = rsaKey(createPublicKey(partner)).export({ type: 'spki', format: 'pem' }).toString();
  return (xml, id) => {
    const document = parseXml(xml);
    const signature = signatureIn(xml);
    if (signature === null) throw broken(mentionsSignature(document) ? 'signature-invalid' : 'signature-missing');
    const [content, ...others] = checkedContent(xml, signature, publicKey);
    if (content === undefined || others.length > 0) throw broken('signature-invalid');
    const element = parseXml(content);
    if (element.attributes['id'] !== id) throw broken('signature-invalid');
    return element;
  };
}

/** The canonical bytes that the signature stands for, empty if it stands for nothing. */
function checkedContent(xml: string, signature: string, publicCert: string): readonly string[] {
  const check = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  check.SignatureAlgorithms = only(
    check.SignatureAlgorithms,
    signatureAlgorithms.map((name) => more + name),
  );
  check.HashAlgorithms = only(check.HashAlgorithms, digests);
  check.CanonicalizationAlgorithms = only(check.CanonicalizationAlgorithms, [enveloped, exclusive]);
  try {
    check.loadSignature(signature);
    return check.checkSignature(xml) ? check.getSignedReferences() : [];
  } catch {
    throw broken('signature-invalid'); // unknown algorithm, no reference, a reference to two elements: all the same
  }
}

const signatureStart = /<(?:([A-Za-z_][\w.-]*):)?Signature(?=[\s>])/g;

/** The one signature of a document, with its namespace; null if there is none, or more than one. */
function signatureIn(xml: string): string | null {
  const [start, ...others] = [...xml.matchAll(signatureStart)];
  if (start === undefined || others.length > 0) return null;
  const prefix = start[1] ?? null;
  const closing = prefix === null ? '</Signature>' : `</${prefix}:Signature>`;
  const end = xml.indexOf(closing, start.index);
  if (end < 0) return null;
  const slice = xml.slice(start.index, end + closing.length);
  const declared = prefix === null ? 'xmlns' : `xmlns:${prefix}`;
  const head = slice.slice(0, slice.indexOf('>'));
  if (new RegExp(`\\s${declared.replaceAll('.', '\\.')}\\s*=`).test(head)) return slice;
  return slice.replace(start[0], `${start[0]} ${declared}="${namespace}"`);
}

const mentionsSignature = ({ name, children }: XmlElement): boolean =>
  name === 'Signature' || children.some(mentionsSignature);

function rsaKey(key: KeyObject): KeyObject {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === 'rsa' && bits >= fewestKeyBits) return key;
  throw new Error(`messages are signed with an RSA key of at least ${fewestKeyBits} bits`);
}

function only<Value>(all: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function broken(reasonCode: 'signature-missing' | 'signature-invalid'): NoAnswer {
  return new NoAnswer('unintelligible', 'a message whose signature does not hold', { reasonCode });
}
