import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ImportView, importSentSchema, importViewSchema } from '#contracts';
import iconv from 'iconv-lite';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { syntheticDebtor } from '../../apps/simulator/src/index.ts';
import {
  type GatewayPlace,
  newCase,
  type Prepared,
  prepare,
  problem,
  startGatewayPlace,
  tokens,
  upload,
} from './gateway-place.ts';

let place: GatewayPlace;
let send: GatewayPlace['call'];
let prepared: Prepared;
beforeAll(async () => {
  place = await startGatewayPlace();
  send = place.call;
  prepared = await prepare(place);
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

const headers = ['案号', '被执行人姓名或名称', '证件号码', '号码已核对'];
const people = Array.from({ length: 40 }, (_, n) => syntheticDebtor(7, n)).flatMap((debtor) =>
  debtor.kind === 'natural' ? [{ name: debtor.name, number: debtor.idNumber }] : [],
);
const rowOf = (caseNumber: string, n: number): string[] => [caseNumber, people[n]!.name, people[n]!.number, ''];
const csv = (rows: readonly (readonly string[])[]): Buffer =>
  iconv.encode([headers, ...rows].map((row) => row.join(',')).join('\r\n'), 'gb18030');
const workbook = (rows: readonly (readonly string[])[]): Promise<Buffer> =>
  writeExcelFile(rows.map((row) => row.map((value) => ({ type: String, value })))).toBuffer();

/** A case of its own, so that its number leads to one case. */
async function anotherCase(no: number): Promise<{ readonly caseId: string; readonly caseNumber: string }> {
  const caseNumber = `（2026）京9901执${no}号`;
  const { caseId } = (await send('POST', 'cases', { body: { ...newCase, caseNumber } })).json();
  return { caseId, caseNumber };
}
async function bring(bytes: Buffer, name: string): Promise<ImportView> {
  const reply = await send('POST', 'imports', { raw: upload(bytes, name) });
  expect([reply.status, reply.text.slice(0, 300)]).toEqual([201, expect.any(String)]);
  return importViewSchema.parse(reply.json());
}
const sendingOf = (confirmed: number) => ({
  ...{ confirmed, purpose: 'execution' },
  scope: { categories: 'all', agencies: ['bank.bailu'], except: [] },
  legal: prepared.body['legal'] as object,
});
const stateOf = ({ rows }: ImportView) =>
  rows.map(({ state, problems }) => [state, ...problems.map(({ code }) => code)]);

describe('a list of debtors', () => {
  it('is judged, and sent in steps once the right number is confirmed', async () => {
    const { caseId, caseNumber } = await anotherCase(501);
    const rows = Array.from({ length: 23 }, (_, n) => rowOf(caseNumber, n));
    const view = await bring(csv(rows), 'list.csv');
    expect(view).toMatchObject({
      ...{ format: 'csv', encoding: 'gb18030', missingFields: [] },
      counts: { rows: 23, ready: 23, fixable: 0, blocked: 0, sent: 0 },
    });
    expect(view.rows.map(({ nameMasked }) => nameMasked).join()).not.toContain(people[0]!.name);
    const path = `imports/${view.importId}/sending`;
    expect(problem(await send('POST', path, { body: sendingOf(22) }))).toMatchObject({ code: 'state-conflict' });
    const foreign = { ...sendingOf(23), legal: { ...sendingOf(23).legal, fileId: 'file_01KYANYTHING00000000000000' } };
    expect(problem(await send('POST', path, { body: foreign }))).toMatchObject({ code: 'not-found' });
    expect((await send('GET', `inquiries?caseId=${caseId}`)).json().items).toEqual([]);

    const key = 'the-first-step-of-the-list';
    const first = importSentSchema.parse((await send('POST', path, { body: sendingOf(23), key })).json());
    expect(first).toMatchObject({ sent: 20, refused: 0, left: 3 });
    const again = await send('POST', path, { body: sendingOf(23), key });
    expect([again.headers.get('idempotency-replayed'), again.json()]).toEqual(['true', first]);
    expect(importSentSchema.parse((await send('POST', path, { body: sendingOf(3) })).json())).toMatchObject({
      ...{ sent: 3, left: 0 },
    });
    const inquiries = (await send('GET', `inquiries?caseId=${caseId}&limit=200`)).json().items;
    expect(inquiries).toHaveLength(23);
    expect(new Set(inquiries.map(({ debtorId }: any) => debtorId)).size).toBe(23);
    const after = importViewSchema.parse((await send('GET', `imports/${view.importId}`)).json());
    expect(after.counts).toMatchObject({ ready: 0, sent: 23 });
    expect(new Set(after.rows.map(({ inquiryId }) => inquiryId))).toEqual(
      new Set(inquiries.map(({ inquiryId }: any) => inquiryId)),
    );
  });

  it('with bad rows comes back as a file, and is sent whole once that is mended', async () => {
    const { caseNumber } = await anotherCase(502);
    const good = rowOf(caseNumber, 0);
    const wrongDigit = `${people[1]!.number.slice(0, -1)}${people[1]!.number.endsWith('1') ? '2' : '1'}`;
    const rows = [
      good,
      [caseNumber, people[1]!.name, wrongDigit, ''],
      [caseNumber, '', people[2]!.number, ''],
      ['（2026）京9901执999999号', people[3]!.name, people[3]!.number, ''],
      good,
      [caseNumber, 'x'.repeat(501), people[4]!.number, ''],
    ];
    const view = await bring(await workbook([headers, ...rows]), 'list.xlsx');
    expect(stateOf(view)).toEqual([
      ['ready'],
      ['fixable', 'checksum-failed'],
      ['fixable', 'required'],
      ['blocked', 'case-not-yours'],
      ['fixable', 'twice-in-file'],
      ['fixable', 'long'],
    ]);
    const file = await fetch(`${place.gateway.url}/api/v1/imports/${view.importId}/errors`, {
      headers: { authorization: `Bearer ${tokens.zhao}` },
    });
    const [top = [], ...bad] = (await readSheet(Buffer.from(await file.arrayBuffer()), 1)).map((row) =>
      row.map((cell) => String(cell ?? '')),
    );
    expect(top).toEqual([...headers, '问题与改法（导入时忽略）']);
    expect(bad).toHaveLength(5);
    expect(bad[0]?.[4]).toMatch(/^证件号码：校验位不符；/);
    const mended = bad
      .slice(0, 3)
      .map((row, n) => [caseNumber, people[n + 1]!.name, people[n + 1]!.number, '', row[4]!]);
    const next = await bring(await workbook([top, ...mended]), 'mended.xlsx');
    expect(stateOf(next)).toEqual([['ready'], ['ready'], ['ready']]);
    const sent = await send('POST', `imports/${next.importId}/sending`, { body: sendingOf(3) });
    expect(sent.json()).toMatchObject({ sent: 3, refused: 0, left: 0 });
  });

  it('says in CSV what a spreadsheet must not calculate or round', async () => {
    const view = await bring(csv([['=cmd()', people[0]!.name, people[0]!.number, '']]), 'list.csv');
    const { text } = await send('GET', `imports/${view.importId}/errors?format=csv`);
    expect(text.split('\r\n')[1]).toMatch(/^'=cmd\(\),/);
    expect(text).toContain(`,'${people[0]!.number},`);
  });

  it('never asks about somebody under the name of another', async () => {
    const { caseId, caseNumber } = await anotherCase(507);
    const ids = [{ type: 'citizen-id', number: people[10]!.number }];
    const known = {
      kind: 'natural',
      name: people[10]!.name,
      role: 'debtor-under-execution',
      ids,
      formerNames: ['旧名'],
    };
    expect((await send('POST', `cases/${caseId}/debtors`, { body: known })).status).toBe(201);
    const named = (name: string) => [caseNumber, name, people[10]!.number, ''];
    const stateFor = async (name: string) => stateOf(await bring(csv([named(name)]), 'list.csv'))[0];
    expect(await stateFor('另有其人')).toEqual(['fixable', 'other-name']);
    expect(await stateFor('旧名')).toEqual(['ready']);
    const view = await bring(csv([named('另有其人')]), 'list.csv');
    expect(JSON.stringify(view)).not.toContain(people[10]!.name);
    const sent = await send('POST', `imports/${view.importId}/sending`, { body: sendingOf(1) });
    expect(problem(sent)).toMatchObject({ code: 'state-conflict' });
    expect((await send('GET', `inquiries?caseId=${caseId}`)).json().items).toEqual([]);
  });

  it('keeps what stands under no header, and tells what is rare in a name', async () => {
    const { caseNumber } = await anotherCase(508);
    const [, , number = ''] = rowOf(caseNumber, 11);
    const view = await bring(csv([[caseNumber, '王䶮', number, '', '多出一格']]), 'list.csv');
    expect(stateOf(view)).toEqual([['fixable', 'shifted']]);
    expect(view.rows[0]).toMatchObject({
      nameMasked: expect.not.stringContaining('䶮'),
      rareCharacters: [{ label: 'U+4DAE', level: 'level-1', standard: null }],
    });
    const { text } = await send('GET', `imports/${view.importId}/errors?format=csv`);
    expect(text).toMatch(/,多出一格\r\n$/);
    expect(stateOf(await bring(Buffer.from(text), 'again.csv'))).toEqual([['fixable', 'shifted']]);
    expect(stateOf(await bring(Buffer.from(text.replace('多出一格', '')), 'mended.csv'))).toEqual([['ready']]);
  });

  it('takes another reading of its columns', async () => {
    const { caseNumber } = await anotherCase(503);
    const [, name, number] = rowOf(caseNumber, 5);
    const bytes = Buffer.from([`甲,乙,丙`, `${number},${caseNumber},${name}`].join('\n'));
    const view = await bring(bytes, 'list.csv');
    expect(view.missingFields).toEqual(['caseNumber', 'name', 'idNumber']);
    const path = `imports/${view.importId}`;
    const wrong = { mapping: { caseNumber: 1, name: 1, idNumber: 7 } };
    expect(problem(await send('PATCH', path, { body: wrong }))).toMatchObject({
      code: 'validation',
      at: ['/mapping/name', '/mapping/idNumber'],
    });
    const right = { mapping: { caseNumber: 1, name: 2, idNumber: 0 } };
    expect((await send('PATCH', path, { body: right })).json()).toMatchObject({ counts: { ready: 1 } });
  });

  it('tells a refusal of the guard as the outcome of the row', async () => {
    const { caseId, caseNumber } = await anotherCase(504);
    const view = await bring(csv([rowOf(caseNumber, 6)]), 'list.csv');
    const ended = { body: { state: 'terminated', reason: '终本' }, headers: { 'if-match': '"1"' } };
    expect((await send('PATCH', `cases/${caseId}`, ended)).status).toBe(200);
    const sent = await send('POST', `imports/${view.importId}/sending`, { body: sendingOf(1) });
    expect(sent.json()).toMatchObject({ sent: 0, refused: 1, left: 0 });
    const [row] = importViewSchema.parse((await send('GET', `imports/${view.importId}`)).json()).rows;
    expect(row).toMatchObject({ state: 'blocked', inquiryId: null, problems: [{ code: 'refused' }] });
  });

  it('is only for whoever brought it, and tells nothing of the cases of others', async () => {
    const { caseNumber } = await anotherCase(505);
    const mine = await bring(csv([rowOf(caseNumber, 7)]), 'list.csv');
    for (const path of [`imports/${mine.importId}`, `imports/${mine.importId}/errors`])
      expect(problem(await send('GET', path, { token: tokens.qian }))).toMatchObject({ code: 'not-found' });
    const reply = await send('POST', 'imports', {
      token: tokens.qian,
      raw: upload(csv([rowOf(caseNumber, 7), rowOf('（2026）京9901执999998号', 8)]), 'list.csv'),
    });
    const [there, nowhere] = importViewSchema.parse(reply.json()).rows;
    expect(there?.problems).toEqual(nowhere?.problems);
    expect(there).toMatchObject({ state: 'blocked', problems: [{ code: 'case-not-yours' }] });
  });

  it('is refused as a whole when it is none, and says what to do', async () => {
    const refused = async (bytes: Buffer) => problem(await send('POST', 'imports', { raw: upload(bytes, 'a.csv') }));
    expect(await refused(Buffer.from('\u0000\u0001\u0002'))).toMatchObject({ code: 'unsupported-media-type' });
    expect(await refused(csv([]))).toMatchObject({ code: 'validation', at: ['/file'] });
    expect(await refused(Buffer.alloc(5_242_881, 'a'))).toMatchObject({ code: 'validation', at: ['/file'] });
  });

  it('is taken away when its time is over, with a certificate', async () => {
    const { caseNumber } = await anotherCase(506);
    const { importId } = await bring(csv([rowOf(caseNumber, 9)]), 'list.csv');
    const before = new Date(Date.now() + 73 * 3_600_000);
    const culled = await place.store.retention.cull({ rule: 'imports', before, after: null, limit: 100 });
    expect(culled).toMatchObject({ removed: expect.any(Number), certificateId: expect.stringMatching(/^crt_/) });
    expect(problem(await send('GET', `imports/${importId}`))).toMatchObject({ code: 'not-found' });
  });
});
