import { createPublicKey } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { readXml, type XmlTree } from '../xml-tree.ts';

/** Signatures of the register's messages (iso20022-auth.md §1): enveloped, exclusive C14N, RSA-SHA256, in AppHdr/Sgntr. */
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive];

/** Signs the answer inside an envelope with the private key (PEM). */
export function signAnswer(xml: string, privateKey: string): string {
  const signed = new SignedXml({
    privateKey,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () => null,
  });
  const digestAlgorithm = 'http://www.w3.org/2001/04/xmlenc#sha256';
  signed.addReference({ xpath: "//*[@id='applicationResponse']", transforms, digestAlgorithm });
  const reference = "//*[local-name(.)='AppHdr']/*[local-name(.)='Sgntr']";
  signed.computeSignature(xml, { prefix: 'ds', location: { reference, action: 'append' } });
  return signed.getSignedXml();
}

const signaturePart = /<(\w+:)?Signature[\s>][\s\S]*?<\/\1?Signature>/;

/** The query inside an envelope, as it was signed; null when it is not signed by the court whose private key this is. */
export function readSignedQuery(xml: string, courtKey: string): XmlTree | null {
  const signature = signaturePart.exec(xml)?.[0];
  if (signature === undefined) return null;
  const publicCert = createPublicKey(courtKey).export({ type: 'spki', format: 'pem' }).toString();
  const check = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  check.loadSignature(signature);
  if (!check.checkSignature(xml)) return null;
  const query = readXml(check.getSignedReferences()[0] ?? '');
  return query?.name === 'ApplicationRequest' && query.attributes['id'] === 'applicationRequest' ? query : null;
}
