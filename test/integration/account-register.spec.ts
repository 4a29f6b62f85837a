import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { openHttp } from '#adapter-kit';
import { agencyOf, inquiryAbout, readFixtures } from '#conformance';
import {
  channelConfigSchema,
  NoAnswer,
  noAnswerSaid,
  type AdapterSession,
  type Agency,
  type HttpPort,
  type Inquiry,
  type Said,
  type Ticket,
} from '#contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import { iso20022Auth } from '../../libs/adapters/src/iso20022-auth/adapter.ts';
import { magicDebtors, startSimulator, truthOf, type Simulator } from '../../apps/simulator/src/index.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };
const privateKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const secrets: Record<string, string> = { 'court-private-key': privateKey(), 'register-private-key': privateKey() };
secrets['register-public-key'] = secrets['register-private-key']!; // the public half is taken from it
const secret = (name: string): string => secrets[name]!;

const settings = {
  ownBusinessId: '990100',
  signing: { keyRef: { secret: 'court-private-key' } },
  partnerCertificateRef: { secret: 'register-public-key' },
  pollingIntervalMs: 100,
};
const channel = channelConfigSchema.parse({
  channelId: 'register-tried',
  nameZh: '账户登记',
  nameEn: 'Register',
  adapter: 'iso20022-auth',
  mode: 'ticket',
  simulated: true,
  settings,
});
const agency: Agency = {
  ...agencyOf({ agencyId: 'bank.register', code: 'C9999900000000044', category: 'bank', nameZh: '示例银行' }),
  channelId: 'register-tried',
};

const never = new AbortController().signal;
const told: { sent: string; replied: string }[] = [];
let simulator: Simulator;
let session: AdapterSession;
let http: ReturnType<typeof openHttp>;

beforeAll(async () => {
  simulator = await startSimulator({
    ...{ port: 0, seed: 1, agencies: [agency], channels: [channel], doorsUrl: 'http://127.0.0.1:1', secret },
    ...{ pollEveryMs: 0, latencyScale: 0, log: quiet, signal: never, production: false },
  });
  http = openHttp({
    baseUrl: `${simulator.url}/register/{code}`,
    maxReplyBytes: 4_194_304,
    connections: 2,
    simulatedHeader: 'x-chakong-simulated',
    allowedNetworks: ['127.0.0.0/8'],
  });
  session = iso20022Auth.open({
    settings: iso20022Auth.settings.parse(settings),
    log: { warn: () => {} },
    agencies: new Map([[agency.agencyId, agency]]),
    secret,
    now: () => new Date('2026-11-01T01:00:00.000Z'),
  });
});
afterAll(async () => {
  await http.close();
  await simulator.stop();
});

function inquiryFor(name: string): Inquiry {
  const { kind, idNumber } = magicDebtors.find((each) => each.name === name)!;
  const inquiry = inquiryAbout(kind === 'natural' ? 'person' : 'company');
  const [id] = inquiry.debtor.ids;
  const ids: Inquiry['debtor']['ids'] = [{ ...id, number: idNumber, normalised: idNumber, variant15: null }];
  if (kind === 'natural') ids[0].variant15 = idNumber.slice(0, 6) + idNumber.slice(8, 17);
  return { ...inquiry, debtor: { ...inquiry.debtor, name, ids } };
}

/** Submits and collects to the end, at most eight times; what is thrown on the way ends it. */
async function askAbout(name: string): Promise<Said[]> {
  const port = http.portFor(agency, { message: () => {}, simulated: () => {} });
  const listening: HttpPort = {
    async send(path, options) {
      const reply = await port.send(path, options);
      told.push({ sent: String(options.body), replied: Buffer.from(reply.body).toString('utf8') });
      return reply;
    },
  };
  const asking = { agency, requestNumber: `2026110100000000${String(told.length).padStart(4, '0')}`, http: listening };
  const inquiry = inquiryFor(name);
  const said: Said[] = [];
  let ticket: Ticket | null = null;
  do {
    const step: { said: Said; ticket: Ticket | null } = await (ticket === null
      ? session.submit!(inquiry, asking, never)
      : session.collect!(inquiry, { ...asking, ticket }, never)
    ).catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error;
      return { said: noAnswerSaid(error.reason, { reasonCode: error.reasonCode }), ticket: null };
    });
    said.push(step.said);
    ticket = step.ticket;
  } while (ticket !== null && said.length < 8);
  return said;
}

const outcome = (said: Said | undefined): string =>
  said?.verdict === 'no-answer' ? said.reason : (said?.verdict ?? '');
const truth = (name: string) =>
  truthOf({ seed: 1, debtor: inquiryFor(name).debtor && magic(name), agencies: [agency] }).agencies[0]!;
const magic = (name: string) => magicDebtors.find((each) => each.name === name)!;

const endings: readonly (readonly [name: string, ending: string])[] = [
  ['演示多产', 'found'],
  ['演示全无', 'nothing'],
  ['演示异常', 'unavailable'],
  ['演示拒绝', 'refused'],
  ['演示不答', 'pending'],
  ['演示迟答', 'pending'],
  ['演示他人', 'identity-mismatch'],
  ['演示重名', 'ambiguous'],
  ['演示旧证', 'found'],
  ['演示截断', 'unintelligible'],
  ['演示改名', 'unintelligible'],
  ['演示空表', 'unintelligible'],
  ['演示销户', 'nothing'],
  ['演示似无', 'pending'],
  ['演示半答', 'incomplete'],
  ['演示错日', 'found'],
  ['演示乱码', 'unintelligible'],
  ['演示错号', 'unintelligible'],
  ['演示改答', 'found'],
  ['演示共有', 'found'],
  ['演示无权', 'unauthorized'],
  ['演示限流', 'found'],
  ['演示巨量', 'incomplete'],
  ['演示畸形', 'unintelligible'],
  ['演示宕机', 'unavailable'],
  ['演示失件', 'found'],
  ['演示过期', 'overdue'],
  ['演示待核', 'pending'],
  ['演示误文', 'unintelligible'],
  ['演示代管', 'nothing'],
  ['演示代收', 'found'],
  ['演示争议', 'found'],
  ['演示假签', 'unintelligible'],
];

describe('an account register and the adapter that asks it', () => {
  it.each(endings)('end about %s with %s', async (name, ending) => {
    const said = await askAbout(name);
    expect(outcome(said.at(-1))).toBe(ending);
    // Whoever has something was never said to have nothing, whatever was said on the way.
    if (ending !== 'nothing') expect(said.map(outcome)).not.toContain('nothing');
  });

  it.each(['演示多产', '演示改答', '演示失件', '演示限流'])('agree on the accounts of %s', async (name) => {
    const last = (await askAbout(name)).at(-1);
    const real = truth(name);
    const accounts = last?.assets?.flatMap((asset) => (asset.kind === 'deposit-account' ? [asset] : [])) ?? [];
    expect(last).toMatchObject({ verdict: 'found', complete: true, signatureStatus: 'valid' });
    expect(
      accounts.map(({ accountNumber, currency, balance, openedOn }) => ({
        accountNumber,
        currency,
        balance,
        openedOn,
      })),
    ).toEqual(
      real.assets.map((asset) =>
        asset.kind === 'deposit-account'
          ? {
              accountNumber: asset.accountNumber,
              currency: asset.currency,
              balance: asset.balance,
              openedOn: asset.openedOn,
            }
          : asset.kind,
      ),
    );
    expect(accounts.every(({ balance }) => balance === null)).toBe(true);
  });

  it('count closed accounts, and say that a right of disposal proves no absence', async () => {
    expect((await askAbout('演示销户')).at(-1)).toMatchObject({
      dropped: { closed: truth('演示销户').closedAccounts },
    });
    expect((await askAbout('演示代管')).at(-1)).toMatchObject({
      sections: [{ name: 'accounts' }, { name: 'roles', verdict: 'not-asked' }],
    });
  });

  it('say on the way that a query was lost, or that we asked too often', async () => {
    expect((await askAbout('演示失件')).map(outcome)).toContain('unavailable');
    expect((await askAbout('演示限流')).map(outcome)).toContain('throttled');
  });
});

const folder = new URL('../../../shared/', import.meta.url); // beside the repository
const schemas = new URL('data/iso20022/', folder);
const hasSchemas = existsSync(schemas);
if (!hasSchemas) process.stderr.write('NOT CHECKED: the ISO 20022 schemas are not in ../shared/data/iso20022\n');

/** The documents of an ISO message in a text, each with its schema; what has no schema here (fin.*) is left out. */
function documentsIn(text: string): readonly { schema: string; xml: string }[] {
  return ['auth.001.001.01', 'auth.002.001.01', 'supl.027.001.01'].flatMap((schema) => {
    const start = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${schema}">`;
    const end = schema.startsWith('auth') ? text.lastIndexOf('</Document>') : -1;
    return text
      .split(start)
      .slice(1)
      .map((rest) => {
        const inner =
          end < 0 ? rest.slice(0, rest.indexOf('</Document>')) : rest.slice(0, rest.lastIndexOf('</Document>'));
        return { schema, xml: `${start}${inner}</Document>` };
      });
  });
}

async function problemsOf(documents: readonly { schema: string; xml: string }[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [schema, group] of Map.groupBy(documents, (each) => each.schema)) {
    const { errors } = await validateXML({
      xml: group.map(({ xml }, place) => ({ fileName: `${schema}-${place}.xml`, contents: xml })),
      schema: readFileSync(new URL(`${schema}.xsd`, schemas), 'utf8'),
    });
    problems.push(...errors.map(({ rawMessage }) => rawMessage));
  }
  return problems;
}

const title = hasSchemas
  ? 'hold against the official schemas'
  : 'NOT CHECKED against the official schemas: no ../shared';

describe(`messages of the account register ${title}`, () => {
  const checked = (name: string, run: () => Promise<void>): void =>
    it(hasSchemas ? name : `NOT CHECKED: ${name}`, async () => {
      if (hasSchemas) await run();
    });

  checked('find what is wrong with a message', async () => {
    const [sample] = documentsIn(readFileSync(new URL('wire/samples/iso20022-auth/query-auth001.xml', folder), 'utf8'));
    const wrong = { ...sample!, xml: sample!.xml.replace('<CnfdtltySts>true</CnfdtltySts>', '') };
    expect(await problemsOf([wrong])).not.toEqual([]);
  });

  checked('for the published samples', async () => {
    const samples = new URL('wire/samples/iso20022-auth/', folder);
    const texts = readdirSync(samples).map((file) => readFileSync(new URL(file, samples), 'utf8'));
    const documents = texts.flatMap(documentsIn);
    expect(documents.length).toBeGreaterThan(4);
    expect(await problemsOf(documents)).toEqual([]);
  });

  checked('for every query that was sent', async () => {
    if (told.length === 0) await askAbout('演示多产');
    const inquiry = inquiryFor('演示多产');
    const company = inquiryAbout('company');
    const byBirth = {
      ...inquiry.debtor,
      birthDate: '1970-01-01',
      ids: [{ ...inquiry.debtor.ids[0], type: 'passport' }],
    };
    const byName = { ...company.debtor, ids: [{ ...company.debtor.ids[0], type: 'other' }] };
    const sent: string[] = told.map((each) => each.sent);
    const port: HttpPort = {
      send: async (_, { body }) => {
        sent.push(String(body));
        throw new NoAnswer('unavailable', 'only listened to');
      },
    };
    for (const changed of [{ fin012: '.03' }, { flow: 'keys', sendsDueDate: true }, { fin012: 'off' }]) {
      const other = iso20022Auth.open({
        ...{ log: { warn: () => {} }, agencies: new Map(), secret, now: () => new Date('2026-11-01T01:00:00Z') },
        settings: iso20022Auth.settings.parse({ ...settings, ...changed }),
      });
      for (const debtor of [inquiry.debtor, company.debtor, byBirth, byName]) {
        const asked = { ...inquiry, debtor: debtor as Inquiry['debtor'] };
        const asking = { agency, requestNumber: '20261101000000000001', http: port };
        await expect(other.submit!(asked, asking, never)).rejects.toThrow(NoAnswer);
        const ticket = JSON.stringify({ key: 'K1', sentAnew: false });
        await expect(other.collect!(asked, { ...asking, ticket }, never)).rejects.toThrow(NoAnswer);
      }
    }
    const documents = sent.flatMap(documentsIn);
    expect(documents.length).toBe(sent.length);
    expect(await problemsOf(documents)).toEqual([]);
  });

  checked('for every answer of the simulator that is meant to be right', async () => {
    const before = told.length;
    const wrong = new Set(['演示改名', '演示空表', '演示截断', '演示畸形', '演示乱码', '演示宕机']);
    for (const [name] of endings) if (!wrong.has(name)) await askAbout(name);
    const documents = told.slice(before).flatMap(({ replied }) => documentsIn(replied));
    expect(new Set(documents.map(({ schema }) => schema))).toEqual(new Set(['auth.002.001.01', 'supl.027.001.01']));
    expect(await problemsOf(documents)).toEqual([]);
  });

  checked('for the recorded answers that are no oddities', async () => {
    const made = readFixtures(new URL('../../libs/adapters/src/iso20022-auth/', import.meta.url));
    const texts = made
      .filter(({ origin }) => origin === 'specification')
      .flatMap(({ exchanges = [] }) =>
        exchanges.map(({ reply }) => (typeof reply.body === 'string' ? reply.body : '')),
      );
    const documents = texts.flatMap(documentsIn);
    expect(documents.length).toBeGreaterThan(30);
    expect(await problemsOf(documents)).toEqual([]);
  });
});
