import { generateKeyPairSync } from 'node:crypto';
import type { Call, CallProfile, ProfileParts, Understanding } from '../calls/call-profile.ts';
import { recordAt, textAt } from '../json-value.ts';
import type { Scenario } from '../world/scenario.ts';
import { findElement, findElements, type XmlTree } from '../xml-tree.ts';
import { registerReply } from './register-answer.ts';
import { faultReply, type Asked } from './register-message.ts';
import { readSignedQuery } from './signed-messages.ts';

/** Scenarios that the register plays in its own words, where other wires leave them to the transport. */
const plays: ReadonlySet<Scenario> = new Set([
  'never',
  'late',
  'throttled',
  'too-large',
  'changed-answer',
  'wrong-request-number',
  'foreign-request-number',
  'lost-query',
  'expired',
  'bad-signature',
]);

/** A data retrieval system (iso20022-auth.md §1): the same query again is how its answer is fetched. */
export function registerProfile(parts: ProfileParts): CallProfile {
  const keys = lazily(() => keysOf(parts));
  const settings = recordAt(parts.channel.settings);
  const schemes = {
    person: textAt(settings, 'personScheme') ?? 'NIDN',
    company: textAt(settings, 'companyScheme') ?? 'COID',
  };
  return {
    word: 'register',
    plays,
    understand(agency, call) {
      const query = readQuery(call, keys().court);
      if (query === null) return settled(2);
      const asked = askedIn(query);
      const idNumber = asked === null ? null : searchedNumber(asked.criteria);
      if (asked === null || idNumber === null) return settled(4, ['SchCrit']);
      const at = `${parts.now().toISOString().slice(0, 19)}Z`;
      const question = { seed: parts.seed, agency, idNumber, asked, schemes, keys: keys(), at };
      return {
        kind: 'asking',
        key: asked.investigation,
        idNumber,
        answer: (turn) => registerReply(question, turn),
      };
    },
  };
}

const settled = (code: number, errors: readonly string[] = []): Understanding => ({
  kind: 'settled',
  reply: faultReply(code, errors),
});

/** The name of the private key that belongs to a public one: what the product knows of us, and what we sign with. */
export const privateKeyOf = (publicKey: string): string => publicKey.replace(/-public-key$/, '-private-key');

function keysOf({ channel, secret }: ProfileParts) {
  const settings = recordAt(channel.settings);
  const court = textAt(recordAt(settings, 'signing', 'keyRef'), 'secret') ?? '';
  const own = textAt(recordAt(settings, 'partnerCertificateRef'), 'secret') ?? '';
  return { court: secret(court), own: secret(privateKeyOf(own)), stranger: lazily(strangersKey) };
}

/** A key that nobody agreed on. */
function strangersKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function readQuery({ body }: Call, courtKey: string): XmlTree | null {
  try {
    return readSignedQuery(body.toString('utf8'), courtKey);
  } catch (error) {
    if (error instanceof Error) return unsigned; // the library throws for whatever is no signature
    throw error;
  }
}

const unsigned: XmlTree | null = null;

function askedIn(query: XmlTree): Asked | null {
  const [header, opening] = [findElement(query, 'AppHdr'), findElement(query, 'InfReqOpng')];
  const criteria = opening?.children.find(({ name }) => name === 'SchCrit');
  const investigation = opening?.children.find(({ name }) => name === 'InvstgtnId')?.text ?? '';
  if (header === null || criteria === undefined || investigation === '') return null;
  return { investigation, header, criteria, wanted: findElements(criteria, 'MsgNmId').map(({ text }) => text) };
}

/** Only searches by a number are played: the world has no birth dates. */
function searchedNumber(criteria: XmlTree): string | null {
  const other = findElement(criteria, 'Othr');
  const number = other?.children.find(({ name }) => name === 'Id')?.text ?? '';
  const scheme = other === null ? '' : (findElement(other, 'Cd')?.text ?? '');
  return number === '' || scheme === 'NATI' || scheme === 'NAME' ? null : number;
}
