import { generateKeyPairSync } from 'node:crypto';
import { NoAnswer } from '#contracts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { xmlSigner, xmlVerifier } from './xml-signature.ts';

const place = { id: 'answer', inside: ['Head', 'Sgntr'] };
const unsigned =
  '<e:Env xmlns:e="urn:env"><Answer xmlns="urn:a" id="answer"><Head><Sgntr/></Head><Sts>COMP</Sts></Answer></e:Env>';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

describe('a signature over XML', () => {
  let own: ReturnType<typeof pair>;
  let other: ReturnType<typeof pair>;
  beforeAll(() => {
    own = pair();
    other = pair();
  });

  const sign = (xml: string, privateKey = own.privateKey) =>
    xmlSigner({ privateKey, certificate: null, algorithm: 'rsa-sha256' })(xml, place);
  const read = (xml: string) => xmlVerifier(own.publicKey)(xml, 'answer');
  const problemOf = (xml: string): string | null => {
    try {
      read(xml);
      return 'held';
    } catch (error) {
      if (error instanceof NoAnswer && error.reason === 'unintelligible') return error.reasonCode;
      throw error;
    }
  };

  it.each(['rsa-sha256', 'rsa-sha512'] as const)('holds when nothing was changed (%s)', (algorithm) => {
    const signed = xmlSigner({ privateKey: own.privateKey, certificate: null, algorithm })(unsigned, place);
    expect(read(signed).children.map(({ name, text }) => [name, text])).toEqual([
      ['Head', ''],
      ['Sts', 'COMP'],
    ]);
  });

  it('holds when its prefix is declared further out', () => {
    const signed = xmlSigner({ privateKey: own.privateKey, certificate: null, algorithm: 'rsa-sha256' })(
      unsigned,
      place,
    );
    expect(signed).toContain('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"');
    expect(problemOf(signed)).toBe('held');
  });

  it('does not hold when a word was changed, when another key signed, or when there is none', () => {
    expect(problemOf(sign(unsigned).replace('COMP', 'NRES'))).toBe('signature-invalid');
    expect(problemOf(sign(unsigned, other.privateKey))).toBe('signature-invalid');
    expect(problemOf(unsigned)).toBe('signature-missing');
  });

  it('does not hold for a key that travels in the message', () => {
    const forged = xmlSigner({ privateKey: other.privateKey, certificate: other.publicKey, algorithm: 'rsa-sha256' });
    expect(problemOf(forged(unsigned, place))).toBe('signature-invalid');
  });

  it('is not stretched over an element that was put beside the signed one', () => {
    const signed = sign(unsigned);
    const [answer = ''] = /<Answer.*<\/Answer>/.exec(signed) ?? [];
    const forged = '<Answer xmlns="urn:a" id="answer"><Head/><Sts>NFOU</Sts></Answer>';
    expect(problemOf(`<e:Env xmlns:e="urn:env">${forged}${answer}</e:Env>`)).toBe('signature-invalid'); // one id, twice
    const renamed = forged.replace('id="answer"', 'id="another"');
    const beside = read(`<e:Env xmlns:e="urn:env">${renamed}${answer}</e:Env>`);
    expect(beside.children.find(({ name }) => name === 'Sts')?.text).toBe('COMP');
  });

  it('does not hold when another element was signed than the one that is read', () => {
    const other = unsigned.replaceAll('answer', 'another');
    const signed = xmlSigner({ privateKey: own.privateKey, certificate: null, algorithm: 'rsa-sha256' })(other, {
      ...place,
      id: 'another',
    });
    expect(problemOf(signed)).toBe('signature-invalid');
  });

  it('does not hold with SHA-1, nor twice', () => {
    const signed = sign(unsigned);
    expect(
      problemOf(signed.replaceAll('xmlenc#sha256', 'xmldsig#sha1').replace('2001/04/xmldsig#', '2000/09/xmldsig#')),
    ).toBe('signature-invalid');
    const [signature = ''] = /<Signature.*<\/Signature>/.exec(signed) ?? [];
    expect(problemOf(signed.replace(signature, signature + signature))).toBe('signature-invalid');
  });

  it('is not made with a key that is too short or no RSA key', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => xmlSigner({ privateKey: pem, certificate: null, algorithm: 'rsa-sha256' })).toThrow('RSA');
  });
});
