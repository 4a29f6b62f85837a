import { readFileSync } from 'node:fs';
import type { Said } from '#contracts';
import { readManualForm } from '#inquiry';
import { call, type GatewayPlace, pdf, refused, stamp, upload } from '../integration/gateway-place.ts';
import { type Court, courtNames, courts, personOf, spareId } from './people.ts';
import type { SecurityPlace } from './place.ts';
import { followUpOf } from './follow-up.ts';
import { thingsOf } from './second-person.ts';

/**
 * What may not come out of a court, by who might see it there: `case` its number and grounds, `person` the debtor,
 * `payload` what agencies answered, `words` what people wrote.
 */
export type SecretKind = 'case' | 'person' | 'payload' | 'words';
export type Secrets = Readonly<Record<SecretKind, readonly string[]>>;

/** One court's things. */
export interface Estate {
  readonly secrets: Secrets;
  /** Ids of this court alone, by the name under which requests carry them. Every id-typed field of the API wants one. */
  readonly ids: Readonly<Record<string, string>>;
  /** Where the clerk of the court's desk has other ones: documents belong to the office that uploads them. */
  readonly clerkIds: Readonly<Record<string, string>>;
  /** By operation, where it wants a thing for itself because it takes it away from all others. */
  readonly idsFor: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
export type World = Readonly<Record<Court, Estate>>;

const secretsOf: Readonly<Record<Court, Secrets>> = {
  north: {
    case: [
      '（2026）京9901执77001号',
      '（2025）京9901民初77002号民事判决书',
      '（2026）京9901执77009号',
      '（2026）京9901执77011号',
      '（2026）京9901执77013号',
    ],
    person: [
      '欧阳慎独',
      '110100199003074112',
      '欧阳慎初',
      '110100198501011013',
      '欧阳慎终',
      '110100198501011021',
    ].concat([
      '欧阳慎言',
      '110100199001013017',
      '欧阳慎行',
      '110100199001013033',
      '欧阳慎思',
      '11010019900101305X',
      '欧阳慎辨',
      '110100199001013076',
      '欧阳慎学',
      '110100199001013092',
      '欧阳慎问',
      '110100199001013113',
    ]),
    payload: ['示例（2020）北县不动产权第7700003号', '北县慎独路77号院4单元', '慎独卷宗机密内容'],
    words: ['北院备注慎独甲', '北院理由慎独乙', '协助通知慎独丙', 'BW77005慎独'],
  },
  south: {
    case: [
      '（2026）京9902执88001号',
      '（2025）京9902民初88002号民事判决书',
      '（2026）京9902执88009号',
      '（2026）京9902执88011号',
      '（2026）京9902执88013号',
    ],
    person: [
      '司马克己',
      '320100198510120237',
      '司马克勤',
      '320100198501011012',
      '司马克俭',
      '320100198501011020',
    ].concat([
      '司马克言',
      '320100199001013016',
      '司马克行',
      '320100199001013032',
      '司马克思',
      '320100199001013059',
      '司马克辨',
      '320100199001013075',
      '司马克学',
      '320100199001013091',
      '司马克问',
      '320100199001013112',
    ]),
    payload: ['示例（2020）南县不动产权第8800003号', '南县克己路88号院5单元', '克己卷宗机密内容'],
    words: ['南院备注克己甲', '南院理由克己乙', '协助通知克己丙', 'NW88005克己'],
  },
};

/** Values for fields by name, beside ids. They fit everybody's request. */
export const plainValues = (court: Court): Readonly<Record<string, string>> => {
  const [caseNumber = '', legalBasis = ''] = secretsOf[court].case;
  const [name = '', number = ''] = secretsOf[court].person;
  const [reason = '', reasonText = '', documentName = '', documentNumber = ''] = secretsOf[court].words;
  return {
    ...{ caseNumber, legalBasis, name, number, reason, reasonText, documentName, documentNumber },
    courtName: courts[court].name,
    'If-Match': '"1"',
    'X-Reason': encodeURIComponent('理由'),
    label: 'made-here',
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    contentHash: `sha256:${'0'.repeat(64)}`,
    agencyId: 'registry.jing',
    agencies: 'registry.jing',
    channelId: 'registry-province',
    category: 'real-estate',
    statement: 'cannot-answer',
    receivedOn: '2026-11-20',
    startsOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    from: '2026-01-01T00:00:00+08:00',
    until: '2026-01-01T01:00:00+08:00',
    quarantineIds: 'ans_nobody-has-this', // operators read again what came to any court
  };
};

/** A case of each court with everything that hangs on it. */
export async function buildWorld(security: SecurityPlace): Promise<World> {
  const made: Partial<Record<Court, Estate>> = {};
  for (const court of courtNames) made[court] = await estateOf(security, court);
  return made as World;
}

async function estateOf(security: SecurityPlace, court: Court): Promise<Estate> {
  const { place, url } = security;
  const send = sender(url, personOf('officer', court).token);
  const plain = plainValues(court);
  const { caseId } = await send('POST', 'cases', { body: caseOf(court) });
  const { debtorId } = await send('POST', `cases/${caseId}/debtors`, { body: debtorOf(court) });
  const [, , secretPayload = ''] = secretsOf[court].payload;
  const { fileId } = await send('POST', 'files', { raw: upload(`${pdf}${secretPayload}`, `${plain['name']}.pdf`) });
  const agencies = ['bank.bailu', 'registry.jing', 'vehicle.jing', courts[court].desk];
  const legal = { documentName: plain['documentName'], documentNumber: plain['documentNumber'], fileId };
  const body = { caseId, debtorId, purpose: 'execution', scope: { categories: 'all', agencies }, legal };
  const { inquiryId } = await send('POST', 'inquiries', { body });
  const [, , second, secondNumber, third, thirdNumber] = secretsOf[court].person;
  const another = async (name = '', number = ''): Promise<string> =>
    (
      await send('POST', `cases/${caseId}/debtors`, {
        body: { ...debtorOf(court), name, ids: [{ type: 'citizen-id', number }] },
      })
    ).debtorId;
  const spent = await send('POST', 'inquiries', { body: { ...body, debtorId: await another(second, secondNumber) } });
  const given = await send('POST', 'cases', { body: { ...caseOf(court), caseNumber: secretsOf[court].case[2] } });
  const unasked = await another(third, thirdNumber);
  const answerId = await answered(place, { inquiryId, court });
  await deliver(place, inquiryId);
  const { reportId } = await send('POST', `inquiries/${inquiryId}/report-versions`, {});
  const tasks = await send('GET', 'manual-tasks?limit=200', {});
  const task = tasks.items.find((each: any) => each.inquiryId === inquiryId);
  const ids = { caseId, debtorId, fileId, inquiryId, answerId, reportId, requestNumber: task.requestNumber };
  const things = await thingsOf({
    ...{ court, reportId, caseId, words: plain['reason'] ?? '' },
    sender: (token) => sender(url, token),
    inquiry: async (no) => {
      const [name, number] = secretsOf[court].person.slice(6 + 2 * no);
      return { ...body, debtorId: await another(name, number) };
    },
  });
  const later = await followUpOf({
    ...{ send, store: place.store, note: secretsOf[court].words[0] ?? '', legal },
    file: { ...caseOf(court), caseNumber: secretsOf[court].case[3] },
    debtor: debtorOf(court),
  });
  const importId = await listOf(send, { court, name: third, number: thirdNumber });
  const clerk = sender(url, personOf('clerk', court).token);
  const { fileId: clerkFile } = await clerk('POST', 'files', { raw: upload(pdf) });
  return {
    secrets: secretsOf[court],
    idsFor: {
      ...things.idsFor,
      ...later.idsFor,
      'handovers-create': { caseId: given.caseId },
      'inquirywork-cancel': { inquiryId: spent.inquiryId },
      'inquiries-create': { debtorId: unasked }, // nobody asks twice about somebody while it runs
    },
    clerkIds: { fileId: clerkFile, fileIds: clerkFile },
    ids: {
      ...ids,
      ...things.ids,
      ...later.ids,
      importId,
      ...{ fileIds: fileId, previousInquiryId: inquiryId },
      approverId: personOf('approver', court).userId,
      courtCode: courts[court].code,
      userId: spareId(court),
    },
  };
}

/** A list with one row that can be sent, about a case of its own. */
async function listOf(
  send: ReturnType<typeof sender>,
  {
    court,
    name,
    number,
  }: { readonly court: Court; readonly name: string | undefined; readonly number: string | undefined },
): Promise<string> {
  const [, , , , caseNumber = ''] = secretsOf[court].case;
  await send('POST', 'cases', { body: { ...caseOf(court), caseNumber } });
  const text = `案号,姓名,身份证号\n${caseNumber},${name ?? ''},${number ?? ''}`;
  const view = await send('POST', 'imports', { raw: upload(text, 'list.csv') });
  if (view.counts.ready !== 1) throw new Error(`the list cannot be sent: ${JSON.stringify(view.rows)}`);
  return view.importId;
}

const sender =
  (url: string, token: string) =>
  async (method: string, path: string, asking: object): Promise<any> => {
    const reply = await call(url, { method, path }, { token, ...asking });
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.json();
  };

export const caseOf = (court: Court): object => {
  const { caseNumber, legalBasis, courtName } = plainValues(court);
  return {
    ...{ caseNumber, legalBasis, courtName, courtCode: courts[court].code },
    claim: { amount: '2000000.00', currency: 'CNY' },
    filedOn: '2026-02-01',
    executionNoticeOn: null,
  };
};

export const debtorOf = (court: Court): object => {
  const { name, number } = plainValues(court);
  return { kind: 'natural', name, role: 'debtor-under-execution', ids: [{ type: 'citizen-id', number }] };
};

/** A house is found at one agency, another refuses, the rest says nothing yet. Returns the id of the first answer. */
async function answered(
  { store }: GatewayPlace,
  { inquiryId, court }: { readonly inquiryId: string; readonly court: Court },
): Promise<string> {
  const stored = await store.inquiries.get(inquiryId, 'inside');
  if (!stored) throw new Error('no inquiry');
  const heard: readonly (readonly [string, Said])[] = [
    ['registry.jing', houseOf(court)],
    ['vehicle.jing', refused],
  ];
  const answerIds: string[] = [];
  for (const [agencyId, said] of heard) {
    const line = stored.plan.find((each) => each.agencyId === agencyId);
    const answer = stamp(stored.inquiry, line, said);
    const key = { inquiryId, channelId: line?.channelId ?? '', shardNo: line?.shardNo ?? 0, fence: null };
    const raw = [Buffer.from(JSON.stringify({ agencyId, said }), 'utf8')];
    await store.journal.append([{ ...key, answers: [{ answer, raw }] }]);
    answerIds.push(answer.answerId);
  }
  return answerIds[0] ?? '';
}

const forms = new URL('../../libs/adapters/src/manual/fixtures/forms/', import.meta.url);

function houseOf(court: Court): Said {
  const [certificateNo, location] = secretsOf[court].payload;
  const form = JSON.parse(readFileSync(new URL('found.json', forms), 'utf8'));
  Object.assign(form.assets[0], { certificateNo, location, remark: secretsOf[court].words[0] });
  const read = readManualForm(form, { category: 'real-estate', documents: 1 });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.said;
}

/** What a worker does with a shard of the desk: lays the tasks open. */
async function deliver({ store }: GatewayPlace, inquiryId: string): Promise<void> {
  const key = { inquiryId, channelId: 'manual-desk', shardNo: 0 };
  const work = await store.shards.begin({ ...key, workerId: 'worker-of-the-test' });
  if (!work) throw new Error('nothing to deliver');
  await store.shards.wait({ ...key, fence: work.fence, until: new Date(Date.now() + 3_600_000) });
}

export const allSecrets = (world: World): string[] =>
  courtNames.flatMap((court) => Object.values(world[court].secrets).flat());
