import type { Command } from 'commander';
import { type ApiClient, openApiClient } from '../api-client.ts';
import { readToken } from '../token.ts';
import { agencies } from './agencies.ts';
import { decideApproval, listApprovals } from './approvals.ts';
import { inquire } from './inquire.ts';
import { report } from './report.ts';
import { verifyReport } from './report-verify.ts';
import { count, outputOf, type ProgramOptions, type Running, wantsJson } from './running.ts';

/** Commands that talk to a gateway over its API. */
export function addClientCommands(program: Command, running: Running): void {
  addInquire(program, running);
  addReport(program, running);
  addAgencies(program, running);
  addApprovals(program, running);
}

async function officersClient(
  program: Command,
  signal: AbortSignal,
  role: 'officer' | 'approver' = 'officer',
): Promise<ApiClient> {
  const { url, tokenFile } = program.opts<ProgramOptions>();
  const token = await readToken(tokenFile, role);
  return openApiClient({ url: url.replace(/\/$/, ''), token, signal, language: 'zh' });
}

function addInquire(program: Command, { signal, done }: Running): void {
  program
    .command('inquire')
    .description('ask all entitled agencies about one debtor and follow until the report is there')
    .option('--file <file>', 'case, debtor and document as JSON; - reads standard input')
    .option('--requery <inquiryId>', 'ask again what is missing')
    .option('--ask-approval', 'ask a second person first; the file names the reason', false)
    .option('--timeout <minutes>', 'how long to follow', count(1, 10_080), 10)
    .action(async (own: { file?: string; requery?: string; askApproval: boolean; timeout: number }) => {
      const options = {
        file: own.file ?? null,
        requery: own.requery ?? null,
        askApproval: own.askApproval,
        timeoutMs: own.timeout * 60_000,
        json: wantsJson(program),
      };
      done(await inquire(outputOf(program), await officersClient(program, signal), { options, signal }));
    });
}

function addReport(program: Command, { signal, done }: Running): void {
  const command = program.command('report <id>');
  command
    .description('a report version (rep_…) or one of an inquiry (inq_…), and what changed')
    .option('--version <n>', 'this version of the inquiry', count(1, 100_000))
    .action(async (id: string, own: { version?: number }) => {
      const asked = { id, version: own.version ?? null, json: wantsJson(program) };
      done(await report(outputOf(program), await officersClient(program, signal), asked));
    });
  command
    .command('verify <file>')
    .description('prove that a report or an export is ours and unchanged; needs no server')
    .option('--keys <file>', 'the key set of the gateway (/.well-known/chakong-keys.json)')
    .option('--fingerprint <keyId>', 'the one key that is trusted')
    .action(async (file: string, own: { keys?: string; fingerprint?: string }) => {
      const options = { file, keys: own.keys ?? null, fingerprint: own.fingerprint ?? null };
      done(await verifyReport(outputOf(program), { ...options, json: wantsJson(program) }));
    });
}

function addAgencies(program: Command, { signal, done }: Running): void {
  program
    .command('agencies')
    .description('the directory, and what stands in the way of each agency')
    .option('--category <category>', 'such as bank, real-estate, vehicle')
    .option('--region <code>', 'GB/T 2260')
    .option('--unhealthy', 'only those that are not well', false)
    .action(async (own: { category?: string; region?: string; unhealthy: boolean }) => {
      const options = {
        category: own.category ?? null,
        region: own.region ?? null,
        unhealthy: own.unhealthy,
        json: wantsJson(program),
      };
      done(await agencies(outputOf(program), await officersClient(program, signal), options));
    });
}

function addApprovals(program: Command, { signal, done }: Running): void {
  const approvals = program.command('approvals').description('inquiries that wait for a second person');
  approvals
    .command('list')
    .description('those you may decide and those you asked for; waiting ones first')
    .option('--limit <number>', 'how many', count(1, 200), 50)
    .action(async ({ limit }: { limit: number }) => {
      const api = await officersClient(program, signal, 'approver');
      done(await listApprovals(outputOf(program), api, { limit, json: wantsJson(program) }));
    });
  approvals
    .command('decide <approvalId>')
    .description('approve or decline; what is approved is sent at once')
    .option('--approve', 'let it be sent', false)
    .option('--decline', 'let it not be sent', false)
    .requiredOption('--reason-file <file>', 'why; - reads standard input')
    .action(async (approvalId: string, own: { approve: boolean; decline: boolean; reasonFile: string }) => {
      const api = await officersClient(program, signal, 'approver');
      done(await decideApproval(outputOf(program), api, { approvalId, ...own, json: wantsJson(program) }));
    });
}
