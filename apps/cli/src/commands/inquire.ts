import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import {
  approvalItemSchema,
  caseViewSchema,
  debtorViewSchema,
  fileViewSchema,
  inquiryViewSchema,
  newCaseSchema,
  newDebtorSchema,
  type NewInquiry,
  newInquirySchema,
  purposeSchema,
  requeryViewSchema,
} from '#contracts';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { followToReport } from '../ask-and-follow.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { presentReport } from '../present-report.ts';

/** What `--file` holds: personal data come from a file or standard input, never from arguments. */
const inquiryFileSchema = z.strictObject({
  caseId: z.string().optional(),
  case: newCaseSchema.optional(),
  debtorId: z.string().optional(),
  debtor: newDebtorSchema.optional(),
  document: z.strictObject({ name: z.string(), number: z.string(), path: z.string() }),
  categories: z.array(z.string()).optional(),
  purpose: purposeSchema.default('execution'),
  transactionPeriod: newInquirySchema.shape.transactionPeriod,
  reason: z.string().nullable().default(null), // for an approval, or for asking the same again
  emergency: newInquirySchema.shape.emergency,
});

export interface InquireOptions {
  readonly file: string | null; // '-' reads standard input
  readonly requery: string | null;
  readonly askApproval: boolean;
  readonly timeoutMs: number;
  readonly json: boolean;
}

/** Asks, or asks again what is missing, follows the events, prints the report. Exit code 3 when agencies did not answer. */
export async function inquire(
  output: Output,
  api: ApiClient,
  call: { readonly options: InquireOptions; readonly signal: AbortSignal },
): Promise<number> {
  const { options } = call;
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(options.timeoutMs)]);
  const startedAt = performance.now();
  if (options.askApproval) return askApproval(output, api, options);
  const inquiryId =
    options.requery === null
      ? await ask(api, await readInquiryFile(options.file))
      : await askAgain(api, options.requery);
  const followed = { output, signal, elapsedMs: () => performance.now() - startedAt, mostLines: 200 };
  const { report, version } = await followToReport(api, inquiryId, followed);
  if (options.json) output.result(JSON.stringify(report, null, 2));
  else for (const line of presentReport(report, { colours: output.colours, mostLines: 200 })) output.result(line);
  const missing = report.coverage.counts.noAnswer;
  if (!options.json) {
    const named = version === null ? `live, no version yet` : `${version.reportId} version ${version.reportVersion}`;
    output.result(`report ${named}${missing > 0 ? ` · again: chakong inquire --requery ${inquiryId}` : ''}`);
  }
  return missing > 0 ? exitCodes.noAnswers : exitCodes.done;
}

async function readInquiryFile(file: string | null): Promise<z.infer<typeof inquiryFileSchema>> {
  if (file === null)
    throw new CliError('nothing-to-ask', 'Nothing says whom to ask about.', {
      exitCode: exitCodes.usage,
      fix: 'Give --file inquiry.json (or - for standard input), or --requery <inquiryId>.',
    });
  const text = await (file === '-' ? readAll(process.stdin) : readFile(file, 'utf8')).catch(() => {
    throw new CliError('file-unreadable', `The file ${file} cannot be read.`, {
      exitCode: exitCodes.usage,
      fix: 'Check the path and its rights.',
    });
  });
  const parsed = inquiryFileSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `  /${path.join('/')}  ${message}`).join('\n');
  throw new CliError('inquiry-file', `The inquiry file is not as expected:\n${where}`, {
    exitCode: exitCodes.usage,
    fix: 'See docs/command-line.md for an example.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(
      new CliError('inquiry-file', 'The inquiry file is not JSON.', {
        exitCode: exitCodes.usage,
        fix: 'See docs/command-line.md for an example.',
      }),
      { cause },
    );
  }
}

type InquiryFile = z.infer<typeof inquiryFileSchema>;

/** Case, debtor and document are entered where the file does not name them; what comes back is the body that asks. */
async function enter(api: ApiClient, asked: InquiryFile): Promise<NewInquiry> {
  const caseId = asked.caseId ?? (await api.post('/cases', asked.case, caseViewSchema)).caseId;
  const debtorId =
    asked.debtorId ?? (await api.post(`/cases/${caseId}/debtors`, asked.debtor, debtorViewSchema)).debtorId;
  const bytes = await readFile(asked.document.path);
  const { fileId } = await api.upload('/files', { name: basename(asked.document.path), bytes }, fileViewSchema);
  const { purpose, transactionPeriod, reason, emergency } = asked;
  return newInquirySchema.parse({
    ...{ caseId, debtorId, purpose, transactionPeriod, reason, emergency },
    scope: { categories: asked.categories ?? 'all', agencies: 'all-entitled', except: [] },
    legal: { documentName: asked.document.name, documentNumber: asked.document.number, fileId },
  });
}

async function ask(api: ApiClient, asked: InquiryFile): Promise<string> {
  const body = await enter(api, asked);
  return (await api.post('/inquiries', body, inquiryViewSchema).catch((error: unknown) => explain(error, body)))
    .inquiryId;
}

/** What the court's policy wants, in words, with the next command. */
function explain(error: unknown, { caseId, debtorId }: NewInquiry): never {
  if (!(error instanceof CliError) || !error.itemCodes.includes('approval-required')) throw error;
  const known = `The case is ${caseId}, the debtor ${debtorId}: name them in the file as caseId and debtorId.`;
  throw new CliError('approval-required', `${error.message}\n${known}`, {
    exitCode: exitCodes.failed,
    fix: 'Put the reason into the file, then: chakong inquire --file <file> --ask-approval',
    itemCodes: error.itemCodes,
  });
}

async function askApproval(output: Output, api: ApiClient, options: InquireOptions): Promise<number> {
  const asked = await readInquiryFile(options.file);
  if (asked.reason === null || asked.reason.trim() === '')
    throw new CliError('inquiry-file', 'The inquiry file names no reason.', {
      exitCode: exitCodes.usage,
      fix: 'Add "reason": why a second person should approve it.',
    });
  const { emergency: _, ...body } = await enter(api, asked);
  const approval = await api.post('/approvals', body, approvalItemSchema);
  if (options.json) output.result(JSON.stringify(approval, null, 2));
  else {
    const { approvalId, expiresAt } = approval;
    output.result(`approval ${approvalId} waits for a second person until ${expiresAt}; nothing has been sent`);
    output.result(`  an approver of the court: chakong approvals decide ${approvalId} --approve --reason-file <file>`);
  }
  return exitCodes.done;
}

async function askAgain(api: ApiClient, inquiryId: string): Promise<string> {
  await api.post(
    `/inquiries/${inquiryId}/requeries`,
    { lines: 'all-unanswered', reason: 'asked again from the command line' },
    requeryViewSchema,
  );
  return inquiryId;
}
