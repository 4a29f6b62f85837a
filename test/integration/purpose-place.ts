import { expect } from '@jest/globals';
import pg from 'pg';
import {
  type GatewayPlace,
  newCase,
  newDebtor,
  pdf,
  type Prepared,
  prepare,
  problem,
  type Reply,
  tokens,
  upload,
} from './gateway-place.ts';

export const transactionPeriod = { from: '2026-01-01', to: '2026-02-01' };
export const reason = 'a reason that names 张三';

/** Rules and codes of a refusal, with the check that it holds nobody's data. */
export function refusal(reply: Reply): string[] {
  expect([reply.status, problem(reply).code]).toEqual([422, 'purpose-guard']);
  return reply.json().errors.map(({ rule, code }: any) => `${rule} ${code}`);
}

/** What one can do in a place, put shortly. */
export function courtOf(place: GatewayPlace) {
  const { call: send } = place;
  const sql = async (text: string, values: unknown[] = []): Promise<any[]> => {
    const client = new pg.Client({ connectionString: place.databaseUrl });
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    send,
    sql,
    inquire: (body: object, token: string = tokens.zhao) => send('POST', 'inquiries', { body, token }),
    /** An inquiry about transactions, which needs a second person. */
    sensitive: async () => {
      const prepared = await prepare(place);
      return { ...prepared, body: { ...prepared.body, transactionPeriod } };
    },
    askApproval: async (body: object, token: string = tokens.zhao): Promise<string> => {
      const reply = await send('POST', 'approvals', { body: { ...body, reason }, token });
      expect([reply.status, reply.text]).toEqual([202, expect.anything()]);
      return reply.json().approvalId;
    },
    decide: (approvalId: string, decision: string, token: string = tokens.zhou) =>
      send('POST', `approvals/${approvalId}/decision`, { body: { decision, reason: 'looked at' }, token }),
    withdraw: (approvalId: string) => send('POST', `approvals/${approvalId}/withdrawal`),
    approval: async (approvalId: string, token: string = tokens.zhao) =>
      (await send('GET', `approvals/${approvalId}`, { token })).json(),
    inquiriesOf: async (caseId: string) => (await send('GET', `inquiries?caseId=${caseId}`)).json().items,
    patch: async (caseId: string, change: object, version?: string) => {
      const tag = version ?? (await send('GET', `cases/${caseId}`)).headers.get('etag') ?? '';
      return send('PATCH', `cases/${caseId}`, { body: { reason, ...change }, headers: { 'if-match': tag } });
    },
    mark: (debtorId: string, sensitive: boolean, token: string = tokens.zhou) =>
      send('PUT', `debtors/${debtorId}/mark`, { body: { sensitive, reason }, token }),
    /** Another debtor, in a case of his own. */
    someone: async (number: string, token: string = tokens.zhao): Promise<Prepared> => {
      const { caseId } = (await send('POST', 'cases', { body: newCase, token })).json();
      const { debtorId } = (
        await send('POST', `cases/${caseId}/debtors`, { body: newDebtor(number, '李四'), token })
      ).json();
      const { fileId } = (await send('POST', 'files', { raw: upload(pdf), token })).json();
      const legal = { documentName: '通知书', documentNumber: 'W1', fileId };
      const scope = { categories: 'all', agencies: ['bank.bailu'], except: [] };
      return { caseId, debtorId, fileId, body: { caseId, debtorId, purpose: 'execution', scope, legal } };
    },
    /** Actions in the ledger about a case, oldest first. */
    ledgerOf: (caseId: string) =>
      sql(
        `SELECT action, user_id, body::jsonb -> 'detail' AS detail, body FROM audit_events
         WHERE case_id = $1 AND action !~ '^(case.(created|read)|debtor.created|report.read|inquiries.listed|access.denied)$' ORDER BY seq`,
        [caseId],
      ),
    /** Everything by which an agency could come to know of a case. */
    handedOut: async (caseId: string) =>
      (
        await sql(
          `SELECT (SELECT count(*) FROM inquiries WHERE case_id = $1)::int AS inquiries,
            (SELECT count(*) FROM shards s JOIN inquiries i USING (inquiry_id) WHERE i.case_id = $1)::int AS shards,
            (SELECT count(*) FROM mailbox_tasks t JOIN inquiries i USING (inquiry_id) WHERE i.case_id = $1)::int AS tasks`,
          [caseId],
        )
      )[0],
  };
}
