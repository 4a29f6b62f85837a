import { generateKeyPairSync } from 'node:crypto';
import { parseXml } from '#adapter-kit';
import { agencyOf, describeAdapter, inquiryAbout, readFixtures, withTrial, type Trial } from '#conformance';
import type { Inquiry } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { SignedXml } from 'xml-crypto';
import { iso20022Auth } from './adapter.ts';

const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const [court, register, stranger] = [keyPair(), keyPair(), keyPair()];

function isWellFormed(text: string): boolean {
  try {
    parseXml(text);
    return true;
  } catch {
    return false;
  }
}

/** A recorded answer with the register's signature, made without the adapter's own code. */
function signedBy(privateKey: string, body: Uint8Array | string): Uint8Array | string {
  const text = Buffer.from(body).toString('utf8');
  const isMessage = text.includes('<Sgntr/>') && text.includes('id="applicationResponse"');
  if (!isMessage || !isWellFormed(text)) return body; // spoilt by a check: nobody can sign it
  const dsig = new SignedXml({
    privateKey,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  dsig.addReference({
    xpath: "//*[@id='applicationResponse']",
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha512',
  });
  dsig.computeSignature(text, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Sgntr']", action: 'append' },
  });
  return dsig.getSignedXml();
}

const options = {
  folder: new URL('.', import.meta.url),
  settings: {
    ownBusinessId: '990100',
    signing: { keyRef: { secret: 'court-key' } },
    partnerCertificateRef: { secret: 'register-certificate' },
  },
  agencies: [
    agencyOf({ agencyId: 'bank.sample', code: 'B001', category: 'bank', nameZh: '示例银行' }),
    agencyOf({ agencyId: 'bank.other', code: 'B002', category: 'bank' }),
  ],
  secrets: { 'court-key': court.privateKey, 'register-certificate': register.publicKey },
  encodeReply: (body: Uint8Array | string) => signedBy(register.privateKey, body),
};

describeAdapter(iso20022Auth, options);

const fixtureNamed = (name: string) => readFixtures(options.folder).find((each) => each.name === name)!;
const bodyOf = (name: string): string => fixtureNamed(name).exchanges?.[0]?.reply.body as string;
const sent = ({ endpoint }: Trial): string => Buffer.from(endpoint.requests[0]?.body ?? '').toString('utf8');
const person = inquiryAbout('person');

describe('a query to a register', () => {
  it('is signed with our key, and says who asks and why', () =>
    withTrial(iso20022Auth, options, async (trial) => {
      trial.endpoint.behaveAs({ status: 503 });
      await trial.ask(person);
      const text = sent(trial);
      const check = new SignedXml({ publicCert: court.publicKey });
      check.loadSignature(/<Signature .*<\/Signature>/.exec(text)![0]);
      expect(check.checkSignature(text)).toBe(true);
      expect(check.getSignedReferences()).toHaveLength(1);
      expect(text).toContain('<CnfdtltySts>true</CnfdtltySts>');
      expect(text).toContain('<OfficialId>usr_officer</OfficialId>');
      expect(text).toContain('<Fr><OrgId><Id><OrgId><Othr><Id>990100</Id>');
      expect(text).toContain('<To><OrgId><Id><OrgId><Othr><Id>B001</Id>');
      expect(trial.endpoint.requests[0]?.headers).toMatchObject({
        soapaction: '""',
        'x-correlation-id': person.correlationId,
      });
    }));

  const withoutNumber: Inquiry = {
    ...person,
    debtor: {
      ...person.debtor,
      birthDate: '1990-03-07',
      ids: [{ ...person.debtor.ids[0], type: 'passport', variant15: null }],
    },
  };

  it('is by name, nationality and birth date where there is no personal number', () =>
    withTrial(iso20022Auth, options, async (trial) => {
      trial.endpoint.behaveAs({ status: 503 });
      await trial.ask(withoutNumber);
      expect(sent(trial)).toContain('<BirthDt>1990-03-07</BirthDt><CityOfBirth>not in use</CityOfBirth>');
      expect(sent(trial)).toContain('<Id>CN</Id><SchmeNm><Cd>NATI</Cd></SchmeNm>');
      expect(sent(trial)).not.toContain(person.debtor.ids[0].number);
    }));

  it('is not made where the register has nothing to search by', () =>
    withTrial(iso20022Auth, options, async (trial) => {
      const inquiry = { ...withoutNumber, debtor: { ...withoutNumber.debtor, birthDate: null } };
      const { reason, reasonCode } = await trial.failureOf(inquiry);
      expect([reason, reasonCode, trial.endpoint.requests.length]).toEqual([
        'identity-mismatch',
        'id-type-not-carried',
        0,
      ]);
    }));
});

describe('an answer of a register', () => {
  const reasonCodeOf = async (trial: Trial): Promise<unknown> => {
    const said = await trial.ask(person);
    return said.verdict === 'no-answer' ? said.reasonCode : said.verdict;
  };

  it('is not used when a stranger signed it', () =>
    withTrial(
      iso20022Auth,
      { ...options, encodeReply: (body) => signedBy(stranger.privateKey, body) },
      async (trial) => {
        trial.endpoint.behaveAs({ status: 202, body: bodyOf('nothing') });
        expect(await reasonCodeOf(trial)).toBe('signature-invalid');
      },
    ));

  it('is not used when it was changed on its way', () =>
    withTrial(
      iso20022Auth,
      {
        ...options,
        encodeReply: (body) =>
          Buffer.from(signedBy(register.privateKey, body)).toString('utf8').replace('>NRES<', '>COMP<'),
      },
      async (trial) => {
        trial.endpoint.behaveAs({ status: 202, body: bodyOf('pending') });
        expect(await reasonCodeOf(trial)).toBe('signature-invalid');
      },
    ));

  it('is read from what was signed, not from what somebody put before it', () =>
    withTrial(
      iso20022Auth,
      {
        ...options,
        encodeReply(body) {
          const forged = /<ApplicationResponse.*<\/ApplicationResponse>/.exec(bodyOf('nothing'))?.[0] ?? '';
          const beside = forged.replace('id="applicationResponse"', 'id="anotherResponse"').replace('<Sgntr/>', '');
          const signed = Buffer.from(signedBy(register.privateKey, body)).toString('utf8');
          return signed.replace('<soap:Body>', `<soap:Body>${beside}`);
        },
      },
      async (trial) => {
        trial.endpoint.behaveAs({ status: 202, body: bodyOf('found') });
        expect(await reasonCodeOf(trial)).toBe('found');
      },
    ));

  it('tells in the words of the register what was wrong with our message', () =>
    withTrial(iso20022Auth, options, async (trial) => {
      trial.endpoint.behaveAs({ status: 500, body: bodyOf('our-message-wrong') });
      expect(await trial.ask(person)).toMatchObject({
        reason: 'unintelligible',
        reasonText: 'Bad Request; InvstgtnPrd',
      });
    }));
});
