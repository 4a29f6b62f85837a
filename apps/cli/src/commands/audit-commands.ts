import type { Command } from 'commander';
import { openApiClient } from '../api-client.ts';
import { readSettings } from '../settings.ts';
import { readToken } from '../token.ts';
import { type AuditOptions, verifyDatabase, verifyFile, verifyGateway } from './audit.ts';
import { count, outputOf, type ProgramOptions, type Running, wantsJson } from './running.ts';

interface Own {
  readonly file?: string;
  readonly database: boolean;
  readonly from: number;
  readonly to?: number;
  readonly key?: string;
  readonly checkpoints?: string;
  readonly report?: string;
}

const mostRows = 1_000_000_000;

/** Commands of auditors. */
export function addAuditCommands(program: Command, running: Running): void {
  program
    .command('audit')
    .description('the ledger of who asked and looked')
    .command('verify')
    .description('prove that nobody changed the ledger, or name the first row that was changed')
    .option('--file <file>', 'a pack (.zip) or rows (.jsonl), offline')
    .option('--database', 'look at DATABASE_URL instead of asking the running gateway', false)
    .option('--from <seq>', 'the first row', count(1, mostRows), 1)
    .option('--to <seq>', 'the last row', count(1, mostRows))
    .option('--key <file>', 'public key (PEM) that checkpoints must be signed with')
    .option('--checkpoints <place>', 'checkpoints that were kept elsewhere: a file, or a folder of them')
    .option('--report <file>', 'write the verdict as JSON')
    .action(async (own: Own) => running.done(await verify(program, own, running.signal)));
}

async function verify(program: Command, own: Own, signal: AbortSignal): Promise<number> {
  const output = outputOf(program);
  const options: AuditOptions = {
    from: own.from,
    to: own.to ?? null,
    key: own.key ?? null,
    checkpoints: own.checkpoints ?? null,
    report: own.report ?? null,
    json: wantsJson(program),
  };
  if (own.file !== undefined) return verifyFile(output, own.file, options);
  if (own.database) return verifyDatabase(output, readSettings({}, {}), options);
  const { url, tokenFile } = program.opts<ProgramOptions>();
  const token = await readToken(tokenFile, 'auditor');
  const api = openApiClient({ url: url.replace(/\/$/, ''), token, signal, language: 'zh' });
  return verifyGateway(output, api, options);
}
