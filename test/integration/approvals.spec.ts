import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approvalViewSchema } from '#contracts';
import { type GatewayPlace, prepare, problem, startGatewayPlace, tokens } from './gateway-place.ts';
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

const none = { inquiries: 0, shards: 0, tasks: 0 };

describe('an inquiry that needs a second person', () => {
  it('is refused with the way to ask, and naming an approver is no approval', async () => {
    const { body, caseId } = await court.sensitive();
    const reply = await court.inquire({ ...body, approverId: 'usr_zhou' });
    expect(refusal(reply)).toEqual(['G6 approval-required']);
    expect(reply.json().errors[0].link).toBe('/api/v1/approvals');
    const { legal: _, ...asked } = body as any;
    const preview = (await court.send('POST', 'inquiries/preview', { body: asked, key: null })).json();
    expect([preview.approvalNeeded, preview.missing.map(({ rule }: any) => rule)]).toEqual([true, ['G3', 'G3', 'G3']]);
    expect(await court.handedOut(caseId)).toEqual(none);
  });

  it('is sent when another person approves it, in the name of who asked, in one transaction', async () => {
    const { body, caseId } = await court.sensitive();
    const before = await place.parts.queue.counts();
    const approvalId = await court.askApproval({ ...body, approverId: 'usr_shen' });
    expect(await court.handedOut(caseId)).toEqual(none);
    expect(await place.parts.queue.counts()).toEqual(before);
    const waiting = await court.approval(approvalId, tokens.zhou);
    expect(approvalViewSchema.parse(waiting)).toMatchObject({
      ...{ state: 'waiting', causes: ['transactions'], askedBy: 'usr_zhao', wishedApproverId: 'usr_shen', reason },
      asked: { transactionPeriod },
    });
    const decided = await court.decide(approvalId, 'approve');
    expect([decided.status, decided.json()]).toEqual([
      200,
      { approvalId, state: 'sent', inquiryId: expect.any(String) },
    ]);
    const { inquiryId } = decided.json();
    const stored = await place.store.inquiries.get(inquiryId, 'inside');
    expect(stored?.inquiry).toMatchObject({
      officer: { id: 'usr_zhao' },
      approver: { id: 'usr_zhou' },
      transactionPeriod,
    });
    expect(await court.handedOut(caseId)).toMatchObject({ inquiries: 1, shards: 3 });
    expect((await court.ledgerOf(caseId)).map(({ action, user_id }: any) => `${action} ${user_id}`)).toEqual([
      'approval.asked usr_zhao',
      'approval.read usr_zhou',
      'inquiry.sent usr_zhou',
      'approval.decided usr_zhou',
    ]);
    expect(problem(await court.decide(approvalId, 'approve', tokens.shen))).toMatchObject({ code: 'state-conflict' });
  });

  it('is not decided by who asked, by another court, or without the right', async () => {
    const { body, caseId } = await court.sensitive();
    const approvalId = await court.askApproval(body, tokens.jiang);
    expect(problem(await court.decide(approvalId, 'approve', tokens.jiang))).toMatchObject({
      ...{ status: 403, code: 'own-draft' },
    });
    expect(problem(await court.decide(approvalId, 'approve', tokens.zhao))).toMatchObject({ code: 'not-allowed' });
    expect(problem(await court.decide(approvalId, 'approve', tokens.han))).toMatchObject({ status: 404 });
    for (const token of [tokens.zhao, tokens.han])
      expect((await court.send('GET', `approvals/${approvalId}`, { token })).status).toBe(404);
    expect(await court.handedOut(caseId)).toEqual(none);
    expect((await court.decide(approvalId, 'decline')).json()).toMatchObject({ state: 'declined', inquiryId: null });
    expect(await court.approval(approvalId, tokens.jiang)).toMatchObject({ decisionReason: 'looked at' });
    expect(await court.handedOut(caseId)).toEqual(none);
  });

  it('is withdrawn by who asked, and not decided after its time', async () => {
    const { body } = await court.sensitive();
    const [withdrawn, late] = [await court.askApproval(body), await court.askApproval(body)];
    expect((await court.withdraw(withdrawn)).json()).toMatchObject({ state: 'withdrawn' });
    expect(problem(await court.decide(withdrawn, 'approve'))).toMatchObject({ code: 'state-conflict' });
    await court.sql("UPDATE approvals SET expires_at = now() - interval '1 second' WHERE approval_id = $1", [late]);
    expect(problem(await court.decide(late, 'approve'))).toMatchObject({ status: 410, code: 'expired' });
    expect(await court.approval(late)).toMatchObject({ state: 'expired', inquiryId: null });
  });

  it('keeps a decision that the guard stops, and is sent once its cause is gone', async () => {
    const { body, caseId } = await court.sensitive();
    const approvalId = await court.askApproval(body);
    await court.patch(caseId, { state: 'suspended' });
    expect(refusal(await court.decide(approvalId, 'approve'))).toEqual(['G9 state-does-not-allow']);
    expect(await court.approval(approvalId)).toMatchObject({
      state: 'approved',
      decidedBy: 'usr_zhou',
      inquiryId: null,
    });
    expect(await court.handedOut(caseId)).toEqual(none);
    const sending = () => court.send('POST', `approvals/${approvalId}/sending`);
    expect(refusal(await sending())).toEqual(['G9 state-does-not-allow']);
    await court.patch(caseId, { state: 'resumed' });
    expect((await sending()).json()).toMatchObject({ state: 'sent' });
    expect(problem(await sending())).toMatchObject({ code: 'state-conflict' });
    expect(await court.inquiriesOf(caseId)).toHaveLength(1);
    expect((await court.ledgerOf(caseId)).map(({ action }: any) => action)).toEqual([
      ...['approval.asked', 'case.changed', 'approval.decided', 'inquiry.refused', 'approval.read', 'inquiry.refused'],
      ...['case.changed', 'inquiry.sent'],
    ]);
  });

  it('is asked for with everything else that an inquiry needs', async () => {
    const { body } = await court.sensitive();
    const reply = await court.send('POST', 'approvals', {
      body: {
        ...body,
        reason,
        purpose: 'resumption',
        legal: { documentName: 'a', documentNumber: 'b', fileId: 'file_0' },
      },
    });
    expect(refusal(reply)).toEqual(['G3 required', 'G9 state-does-not-allow']);
  });

  it('is listed with those that wait first, page by page', async () => {
    const items: any[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `approvals?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: any = (await court.send('GET', path, { token: tokens.zhou })).json();
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    const isWaiting = items.map(({ state }) => state === 'waiting');
    expect(isWaiting).toEqual(isWaiting.toSorted((one, other) => Number(other) - Number(one)));
    expect(new Set(items.map(({ approvalId }) => approvalId)).size).toBe(items.length);
    expect(items.length).toBeGreaterThan(4);
    expect((await court.send('GET', 'approvals', { token: tokens.qian })).json().items).toEqual([]);
  });
});

describe('at the same time', () => {
  const sentOnce = async (approvalId: string, caseId: string) => {
    const { state, inquiryId } = await court.approval(approvalId);
    const inquiries = await court.inquiriesOf(caseId);
    expect(inquiries.map((each: any) => each.inquiryId)).toEqual(inquiryId === null ? [] : [inquiryId]);
    return state;
  };

  it('two approvers decide once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { body, caseId } = await court.sensitive();
      const approvalId = await court.askApproval(body);
      const replies = await Promise.all(
        [tokens.zhou, tokens.shen].map((token) => court.decide(approvalId, 'approve', token)),
      );
      expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
      expect(await sentOnce(approvalId, caseId)).toBe('sent');
    }
  });

  it('approving and withdrawing do not both happen', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { body, caseId } = await court.sensitive();
      const approvalId = await court.askApproval(body);
      const [decided, withdrawn] = await Promise.all([court.decide(approvalId, 'approve'), court.withdraw(approvalId)]);
      expect([decided.status, withdrawn.status].toSorted((one, other) => one - other)).toEqual([200, 409]);
      expect(await sentOnce(approvalId, caseId)).toBe(decided.status === 200 ? 'sent' : 'withdrawn');
    }
  });

  it('the same key decides once and gets the same answer', async () => {
    const { body, caseId } = await court.sensitive();
    const approvalId = await court.askApproval(body);
    const key = randomUUID();
    const decide = () =>
      court.send('POST', `approvals/${approvalId}/decision`, {
        ...{ token: tokens.zhou, key, body: { decision: 'approve', reason: 'twice' } },
      });
    await Promise.all([decide(), decide(), decide()]);
    const again = await decide();
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await sentOnce(approvalId, caseId)).toBe('sent');
  });

  it('two clicks with keys of their own ask once', async () => {
    const { body, caseId } = await prepare(place);
    const replies = await Promise.all([court.inquire(body), court.inquire(body), court.inquire(body)]);
    expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([202, 422, 422]);
    expect(await court.inquiriesOf(caseId)).toHaveLength(1);
  });

  it('one click with one key asks once and is never refused for what it did itself', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { body } = await prepare(place);
      const key = randomUUID();
      const replies = await Promise.all([1, 2, 3, 4].map(() => court.send('POST', 'inquiries', { body, key })));
      expect(replies.filter(({ status }) => status !== 202 && status !== 409)).toEqual([]);
    }
  });

  it('a key that was finished between the look and the refusal gets its answer', async () => {
    const intent = { caller: 'usr_zhao', method: 'POST', path: '/x', key: randomUUID(), fingerprint: 'f', days: 1 };
    const stopped = new Error('what was done under this key stops it now');
    const late = place.store.idempotency.run(intent, async () => {
      await court.sql(
        `INSERT INTO idempotency_keys (caller, method, path, key, fingerprint, status, location, body, expires_at)
          VALUES ('usr_zhao', 'POST', '/x', $1, 'f', 202, NULL, '{"done":1}', now() + interval '1 day')`,
        [intent.key],
      );
      throw stopped;
    });
    expect(await late).toMatchObject({ replayed: true, status: 202, body: { done: 1 } });
    const refused = place.store.idempotency.run({ ...intent, key: randomUUID() }, () => Promise.reject(stopped));
    await expect(refused).rejects.toBe(stopped);
  });
});
