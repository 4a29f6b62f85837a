import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../api-client.ts';
import type { Output } from '../output.ts';
import { decideApproval, listApprovals } from './approvals.ts';

const item = {
  ...{ approvalId: 'apr_1', state: 'waiting', caseId: 'case_1', debtorId: 'deb_1', purpose: 'execution' },
  ...{ causes: ['transactions'], askedBy: 'usr_a', askedAt: '2026-11-22T06:05:30+08:00' },
  ...{
    expiresAt: '2026-11-25T06:05:30+08:00',
    wishedApproverId: null,
    decidedBy: null,
    decidedAt: null,
    inquiryId: null,
  },
};

function place() {
  const said: string[] = [];
  const posted: unknown[] = [];
  const output = { result: (line: string) => void said.push(line) } as Output;
  const api = {
    get: async (_: string, schema: any) => schema.parse({ items: [item], nextCursor: null }),
    post: async (path: string, body: unknown, schema: any) => {
      posted.push([path, body]);
      return schema.parse({ approvalId: 'apr_1', state: 'sent', inquiryId: 'inq_1' });
    },
  } as unknown as ApiClient;
  return { said, posted, output, api };
}

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'chakong-approvals-'));
  await writeFile(join(dir, 'reason'), 'looked at\n');
  await writeFile(join(dir, 'empty'), ' \n');
});
afterAll(() => rm(dir, { recursive: true, force: true }));
const options = (change: object = {}) => ({
  ...{ approvalId: 'apr_1', approve: true, decline: false, reasonFile: join(dir, 'reason'), json: false },
  ...change,
});

describe('chakong approvals', () => {
  it('lists what waits and why', async () => {
    const { said, output, api } = place();
    await listApprovals(output, api, { limit: 50, json: false });
    expect(said.join('\n')).toMatch(/apr_1.*waiting.*usr_a.*case_1.*transactions/);
    expect(said.at(-1)).toContain('1 waiting of 1');
  });

  it('decides with a reason from a file', async () => {
    const { said, posted, output, api } = place();
    await decideApproval(output, api, options());
    expect(posted).toEqual([['/approvals/apr_1/decision', { decision: 'approve', reason: 'looked at' }]]);
    expect(said).toEqual(['  apr_1 sent as inq_1']);
  });

  it('decides nothing without a clear word and a reason', async () => {
    const { posted, output, api } = place();
    for (const [change, code] of [
      [{ decline: true }, 'wrong-choice'],
      [{ approve: false }, 'wrong-choice'],
      [{ reasonFile: join(dir, 'empty') }, 'file-unreadable'],
      [{ reasonFile: join(dir, 'none') }, 'file-unreadable'],
    ] as const)
      await expect(decideApproval(output, api, options(change))).rejects.toMatchObject({ code });
    expect(posted).toEqual([]);
  });
});
