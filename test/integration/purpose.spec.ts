import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  call,
  type GatewayPlace,
  newCase,
  newDebtor,
  pdf,
  prepare,
  problem,
  startGatewayPlace,
  tokens,
  upload,
} from './gateway-place.ts';
import { courtOf, reason, refusal, transactionPeriod } from './purpose-place.ts';

let place: GatewayPlace;
let court: ReturnType<typeof courtOf>;
beforeAll(async () => {
  place = await startGatewayPlace();
  court = courtOf(place);
}, 120_000);
afterAll(async () => {
  await place?.stop();
});

describe('a case', () => {
  it('is changed from the version that was read', async () => {
    const { caseId } = await prepare(place);
    const read = await court.send('GET', `cases/${caseId}`);
    expect([read.headers.get('etag'), read.json().state]).toEqual(['"1"', 'in-progress']);
    const body = { claim: null, reason };
    expect(problem(await court.send('PATCH', `cases/${caseId}`, { body }))).toMatchObject({
      status: 428,
      code: 'if-match-required',
    });
    const changed = await court.patch(caseId, { claim: null }, '"1"');
    expect([changed.status, changed.headers.get('etag'), changed.json().claim]).toEqual([200, '"2"', null]);
    expect(changed.json().filedOn).toBe(newCase.filedOn);
    for (const tag of ['"1"', '*', '2'])
      expect(problem(await court.patch(caseId, { state: 'concluded' }, tag))).toMatchObject({
        status: 412,
        code: 'version-mismatch',
      });
    const both = await Promise.all([
      court.patch(caseId, { filedOn: null }, '"2"'),
      court.patch(caseId, { filedOn: null }, '"2"'),
    ]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 412]);
    expect(
      (await court.send('PATCH', `cases/${caseId}`, { body, token: tokens.qian, headers: { 'if-match': '"3"' } }))
        .status,
    ).toBe(404);
    const [entry] = await court.ledgerOf(caseId);
    expect(entry).toMatchObject({ action: 'case.changed', detail: { fields: 'claim', version: 2 } });
    expect(entry.body).not.toContain('张三');
  });

  it('allows what its state allows (G9), also when lines are asked again', async () => {
    const { caseId, body } = await prepare(place);
    const sent = await court.inquire(body);
    const { inquiryId } = sent.json();
    const ask = async (change: object) => {
      const reply = await court.inquire({ ...body, reason: 'again', ...change });
      return reply.status === 202 ? 'sent' : refusal(reply).join();
    };
    const no = 'G9 state-does-not-allow';
    expect(await ask({ purpose: 'post-termination-requery' })).toBe(no);
    expect((await court.patch(caseId, { state: 'terminated' })).status).toBe(200);
    expect([await ask({}), await ask({ purpose: 'resumption' })]).toEqual([no, no]);
    expect([
      await ask({ purpose: 'resumption', origin: 'clue' }),
      await ask({ purpose: 'post-termination-requery' }),
    ]).toEqual(['sent', 'sent']);
    const requery = await court.send('POST', `inquiries/${inquiryId}/requeries`, {
      body: { lines: 'all-unanswered', reason },
    });
    expect(refusal(requery)).toEqual([no]);
    expect(problem(await court.patch(caseId, { state: 'in-progress' }))).toMatchObject({
      code: 'state-conflict',
      at: ['/state'],
    });
    await court.patch(caseId, { state: 'concluded' });
    expect(await ask({ purpose: 'post-termination-requery' })).toBe(no);
    expect(problem(await court.patch(caseId, { state: 'resumed' }))).toMatchObject({ code: 'state-conflict' });
  });

  it('of a preservation wants the ordered amount and the order (G2)', async () => {
    const { caseId } = (
      await court.send('POST', 'cases', { body: { ...newCase, caseNumber: '（2026）京9901执保1号' } })
    ).json();
    const party = { ...newDebtor(), role: 'respondent-under-preservation' };
    const { debtorId } = (await court.send('POST', `cases/${caseId}/debtors`, { body: party })).json();
    const prepared = await prepare(place);
    const body = { ...prepared.body, caseId, debtorId, purpose: 'preservation' };
    expect(refusal(await court.inquire(body))).toEqual(['G2 required']);
    const limit = { amount: '50000.00', currency: 'CNY' };
    const order = (fileId: string, amount = limit.amount) => ({
      preservation: { limit: { ...limit, amount }, documentNumber: '（2026）京9901财保1号', fileId },
    });
    expect(problem(await court.patch(caseId, order('file_0')))).toMatchObject({
      code: 'validation',
      at: ['/preservation/fileId'],
    });
    expect(problem(await court.patch(caseId, order(prepared.fileId, '0')))).toMatchObject({ code: 'validation' });
    const foreign = (await court.send('POST', 'files', { raw: upload(pdf), token: tokens.qian })).json().fileId;
    expect(problem(await court.patch(caseId, order(foreign)))).toMatchObject({ at: ['/preservation/fileId'] });
    expect((await court.patch(caseId, order(prepared.fileId))).json().preservation.limit).toEqual(limit);
    const reply = await court.inquire(body);
    expect(reply.status).toBe(202);
    const stored = await place.store.inquiries.get(reply.json().inquiryId, 'inside');
    expect(stored?.inquiry.legal.preservationLimit).toEqual(limit);
  });
});

describe('the legal document (G3)', () => {
  it('is kept with the hash of its bytes', async () => {
    const { body, fileId } = await prepare(place);
    const { inquiryId } = (await court.inquire(body)).json();
    const stored = await place.store.inquiries.get(inquiryId, 'inside');
    expect(stored?.inquiry.legal.documentHash).toBe(`sha256:${createHash('sha256').update(pdf).digest('hex')}`);
    await court.sql("UPDATE files SET hash = 'sha256:' || repeat('0', 64) WHERE file_id = $1", [fileId]);
    expect(refusal(await court.inquire({ ...body, reason: 'again' }))).toEqual(['G3 altered']);
  });

  it('of another court is none', async () => {
    const { body, caseId } = await prepare(place);
    const { fileId } = (await court.send('POST', 'files', { raw: upload(pdf), token: tokens.qian })).json();
    expect(refusal(await court.inquire({ ...body, legal: { ...(body as any).legal, fileId } }))).toEqual([
      'G3 required',
    ]);
    expect(await court.handedOut(caseId)).toEqual({ inquiries: 0, shards: 0, tasks: 0 });
    expect(await court.ledgerOf(caseId)).toMatchObject([
      { action: 'inquiry.refused', user_id: 'usr_zhao', detail: { rules: 'G3', codes: 'required' } },
    ]);
  });
});

describe('an officer who is not registered with an agency (G4)', () => {
  it('does not ask it, and asks the others', async () => {
    const { installation } = place.parts;
    const strict = (registrations: any[]) => ({
      ...installation,
      channels: installation.channels.map((each) => ({
        ...each,
        needsRegisteredOfficer: each.channelId === 'bank-national',
      })),
      officers: installation.officers.map((each) => ({ ...each, registrations })),
    });
    const filed = { agencyIds: ['bank.bailu'], channelIds: [], categories: [], from: '2020-01-01', until: null };
    const lineOf = async (registrations: any[]) => {
      const { url } = await place.another({ installation: strict(registrations) });
      const { body } = await prepare(place);
      const { legal: _, ...asked } = body as any;
      const preview = (
        await call(url, { method: 'POST', path: 'inquiries/preview' }, { body: asked, key: null })
      ).json();
      const { inquiryId, counts } = (await call(url, { method: 'POST', path: 'inquiries' }, { body })).json();
      const stored = await place.store.inquiries.get(inquiryId, 'inside');
      const line = stored?.plan.find(({ agencyId }) => agencyId === 'bank.bailu');
      const shown = preview.notAsked.find(({ agencyId }: any) => agencyId === 'bank.bailu');
      return [line?.notAskedCause, counts.asked, shown?.officerNotRegistered ?? null];
    };
    expect(await lineOf([])).toEqual(['not-entitled', 2, true]);
    expect(await lineOf([{ ...filed, until: '2020-12-31' }])).toEqual(['not-entitled', 2, true]);
    expect(await lineOf([filed])).toEqual([null, 3, null]);
  });
});

describe('a debtor with a mark (G6)', () => {
  it('needs a second person in every case, which tells the officer nothing of the mark', async () => {
    const number = '110100198501011231';
    const [first, other] = [await court.someone(number), await court.someone(number)];
    expect(problem(await court.mark(first.debtorId, true, tokens.zhao))).toMatchObject({ code: 'not-allowed' });
    expect((await court.mark(first.debtorId, true, tokens.han)).status).toBe(404);
    expect((await court.mark(first.debtorId, true)).json()).toMatchObject({ sensitive: true, by: 'usr_zhou' });
    const reply = await court.inquire(other.body);
    expect(refusal(reply)).toEqual(['G6 approval-required']);
    expect(reply.text).not.toMatch(/mark|sensitive|敏感/);
    const approvalId = await court.askApproval(other.body);
    expect((await court.approval(approvalId)).causes).toEqual(['court-policy']);
    expect((await court.approval(approvalId, tokens.zhou)).causes).toEqual(['marked-debtor']);
    expect((await court.send('GET', `debtors/${other.debtorId}/mark`, { token: tokens.zhou })).json()).toMatchObject({
      sensitive: true,
      reason,
    });
    expect((await court.send('GET', `debtors/${other.debtorId}/mark`)).status).toBe(403);
    for (const { body } of await court.sql('SELECT body::text FROM audit_events'))
      expect(body).not.toMatch(/sensitive|marked-debtor/);
    await court.mark(first.debtorId, false);
    expect((await court.inquire(other.body)).status).toBe(202);
  });
});

describe('many debtors (G6)', () => {
  it('need a second person from the court’s number on, also when they are asked at once', async () => {
    const courts = [{ courtCode: '990100', mostDebtors: 3 }];
    const installation = { ...place.parts.installation, purposePolicy: { everywhere: {}, courts } };
    const { url } = await place.another({ installation });
    const numbers = [1, 2, 3, 4, 5, 6].map((day) => `11010019850202${String(1000 + day)}`);
    const bodies = await Promise.all(numbers.map(async (number) => (await court.someone(number, tokens.jiang)).body));
    const ask = (body: object) => call(url, { method: 'POST', path: 'inquiries' }, { body, token: tokens.jiang });
    const replies = await Promise.all(bodies.map(ask));
    expect(replies.map(({ status }) => status).filter((status) => status === 202)).toHaveLength(3);
    const refused = replies.filter(({ status }) => status !== 202);
    expect(refused.flatMap(refusal)).toEqual(Array(3).fill('G6 approval-required'));
    const known = bodies[replies.findIndex(({ status }) => status === 202)];
    expect((await ask({ ...known, reason: 'again' })).status).toBe(202);
  });
});

describe('the same again (G7)', () => {
  it('needs a reason, and names the inquiry that asks it', async () => {
    const { body, caseId, debtorId } = await prepare(place);
    const { links, inquiryId } = (await court.inquire(body)).json();
    const part = { categories: 'all', agencies: ['bank.bailu'], except: [] };
    const running = await court.inquire({ ...body, scope: part });
    expect(refusal(running)).toEqual(['G7 already-running']);
    expect(running.json().errors[0].link).toBe(links.self);
    // the same person, entered twice
    const twice = (await court.send('POST', `cases/${caseId}/debtors`, { body: newDebtor() })).json();
    expect(twice.debtorId).not.toBe(debtorId);
    expect(refusal(await court.inquire({ ...body, debtorId: twice.debtorId }))).toEqual(['G7 already-running']);
    await place.store.inquiries.close(inquiryId, new Date());
    expect(refusal(await court.inquire(body))).toEqual(['G7 repeat-without-cause']);
    expect(refusal(await court.inquire({ ...body, reason: ' ' }))).toEqual(['G7 repeat-without-cause']);
    const wider = { ...part, agencies: ['bank.bailu', 'vehicle.hu'] };
    expect((await court.inquire({ ...body, scope: wider })).status).toBe(202);
    expect((await court.inquire({ ...body, reason })).status).toBe(202);
    await court.sql("UPDATE inquiries SET requested_at = requested_at - interval '25 hours' WHERE case_id = $1", [
      caseId,
    ]);
    expect((await court.inquire(body)).status).toBe(202);
  });
});

describe('an emergency', () => {
  const emergency = { reason: '李四 is about to leave' };
  const review = (inquiryId: string, decision: string, token: string = tokens.zhou) =>
    court.send('POST', `emergency-reviews/${inquiryId}/decision`, { body: { decision, reason }, token });
  const use = async (number: string, token: string = tokens.zhao) => {
    const { body, caseId } = await court.someone(number, token);
    return { caseId, reply: await court.inquire({ ...body, transactionPeriod, emergency }, token) };
  };

  it('goes out at once, marked, and is reviewed by another person', async () => {
    const { caseId, reply } = await use('110100198503033331');
    expect([reply.status, reply.json().emergency]).toEqual([202, true]);
    const { inquiryId } = reply.json();
    expect((await court.send('GET', `inquiries/${inquiryId}/report`)).json().emergency).toBe(true);
    const [listed] = (await court.send('GET', 'emergency-reviews', { token: tokens.zhou })).json().items;
    expect(listed).toMatchObject({ inquiryId, waived: ['transactions'], overdue: false, decision: null, ...emergency });
    expect((await court.send('GET', 'emergency-reviews', { token: tokens.zhao })).status).toBe(403);
    expect((await court.send('GET', 'emergency-reviews', { token: tokens.han })).json().items).toEqual([]);
    expect((await review(inquiryId, 'justified', tokens.han)).status).toBe(404);
    const both = await Promise.all([review(inquiryId, 'justified'), review(inquiryId, 'unjustified', tokens.shen)]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    const ledger = await court.ledgerOf(caseId);
    expect(ledger.map(({ action }: any) => action)).toEqual(['emergency.used', 'inquiry.sent', 'emergency.reviewed']);
    expect(JSON.stringify(ledger)).not.toContain('李四');
  });

  it('is not used where nothing has to wait, and skips nothing but an approval and a reason', async () => {
    const { body } = await court.someone('110100198503033332');
    expect(refusal(await court.inquire({ ...body, emergency }))).toEqual(['G6 not-needed']);
    const groundless = { ...body, transactionPeriod, emergency, purpose: 'resumption', debtorId: 'deb_0' };
    expect(refusal(await court.inquire(groundless))).toEqual([
      'G2 not-a-party',
      'G9 state-does-not-allow',
      'G6 not-needed',
    ]);
  });

  it('is barred by an overdue review and by unjustified uses', async () => {
    const first = await use('110100198503033334', tokens.jiang);
    const { inquiryId } = first.reply.json();
    expect(problem(await review(inquiryId, 'justified', tokens.jiang))).toMatchObject({
      status: 403,
      code: 'own-draft',
    });
    await court.sql("UPDATE emergency_uses SET review_by = now() - interval '1 second' WHERE inquiry_id = $1", [
      inquiryId,
    ]);
    const barred = await use('110100198503033335', tokens.jiang);
    expect(refusal(barred.reply)).toEqual(['G6 review-overdue', 'G6 approval-required']);
    const reviews = (await court.send('GET', 'emergency-reviews', { token: tokens.zhou })).json().items;
    expect(reviews[0]).toMatchObject({ inquiryId, overdue: true });
    await review(inquiryId, 'unjustified');
    const second = await use('110100198503033336', tokens.jiang);
    await review(second.reply.json().inquiryId, 'unjustified');
    expect(refusal((await use('110100198503033337', tokens.jiang)).reply)).toEqual([
      'G6 unjustified',
      'G6 approval-required',
    ]);
  });
});
