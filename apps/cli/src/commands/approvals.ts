import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { type ApprovalItem, approvalItemSchema, approvalOutcomeSchema, pageSchema } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

/** What waits for a decision first, then what was decided. */
export async function listApprovals(
  output: Output,
  api: ApiClient,
  { limit, json }: { readonly limit: number; readonly json: boolean },
): Promise<number> {
  const { items } = await api.get(`/approvals?limit=${limit}`, pageSchema(approvalItemSchema));
  if (json) {
    output.result(JSON.stringify(items, null, 2));
    return exitCodes.done;
  }
  const columns = [
    { title: 'id', cell: ({ approvalId }: ApprovalItem) => approvalId },
    { title: 'state', cell: ({ state }: ApprovalItem) => state },
    { title: 'asked by', cell: ({ askedBy }: ApprovalItem) => askedBy },
    { title: 'case', cell: ({ caseId }: ApprovalItem) => caseId },
    { title: 'because of', cell: ({ causes }: ApprovalItem) => causes.join(', ') },
    { title: 'until', cell: ({ expiresAt }: ApprovalItem) => expiresAt },
    { title: 'inquiry', cell: ({ inquiryId }: ApprovalItem) => inquiryId ?? '' },
  ];
  for (const line of table(columns, items)) output.result(line);
  output.result(`  ${items.filter(({ state }) => state === 'waiting').length} waiting of ${items.length} shown`);
  return exitCodes.done;
}

export interface DecideOptions {
  readonly approvalId: string;
  readonly approve: boolean;
  readonly decline: boolean;
  readonly reasonFile: string;
  readonly json: boolean;
}

/** Decides as the second person. The reason may name somebody, so it comes from a file. */
export async function decideApproval(output: Output, api: ApiClient, options: DecideOptions): Promise<number> {
  const { approvalId, approve, decline, reasonFile, json } = options;
  if (approve === decline)
    throw new CliError('wrong-choice', 'Say either --approve or --decline.', {
      exitCode: exitCodes.usage,
      fix: `chakong approvals decide ${approvalId} --approve --reason-file <file>`,
    });
  const reason = await readReason(reasonFile);
  const body = { decision: approve ? 'approve' : 'decline', reason };
  const outcome = await api.post(`/approvals/${approvalId}/decision`, body, approvalOutcomeSchema);
  if (json) output.result(JSON.stringify(outcome, null, 2));
  else output.result(`  ${approvalId} ${outcome.state}${outcome.inquiryId === null ? '' : ` as ${outcome.inquiryId}`}`);
  return exitCodes.done;
}

async function readReason(file: string): Promise<string> {
  const text = await (file === '-' ? readAll(process.stdin) : readFile(file, 'utf8')).catch(() => {
    throw new CliError('file-unreadable', `The file ${file} cannot be read.`, {
      exitCode: exitCodes.usage,
      fix: 'Check the path and its rights.',
    });
  });
  if (text.trim() !== '') return text.trim();
  throw new CliError('file-unreadable', 'The reason is empty.', {
    exitCode: exitCodes.usage,
    fix: 'Say why, in a sentence.',
  });
}
