import type { Command } from 'commander';
import { type ApiClient, openApiClient } from '../api-client.ts';
import { readToken } from '../token.ts';
import { events } from './events.ts';
import { listQuarantine, replayQuarantine } from './quarantine.ts';
import { previewRetention } from './retention.ts';
import { count, outputOf, type ProgramOptions, type Running, wantsJson } from './running.ts';

/** Commands of operators, over the gateway's API. */
export function addOperatorCommands(program: Command, running: Running): void {
  addEvents(program, running);
  addQuarantine(program, running);
  addRetention(program, running);
}

async function operatorsClient(program: Command, signal: AbortSignal): Promise<ApiClient> {
  const { url, tokenFile } = program.opts<ProgramOptions>();
  const token = await readToken(tokenFile, 'ops');
  return openApiClient({ url: url.replace(/\/$/, ''), token, signal, language: 'zh' });
}

function addEvents(program: Command, { signal, done }: Running): void {
  program
    .command('events')
    .description('what operators are told: breakers, silent agencies, drift, refused access')
    .option('--channel <channelId>', 'only of this channel')
    .option('--kind <kinds>', 'such as agency-silent,shape-drifted')
    .option('--limit <number>', 'how many', count(1, 200), 50)
    .action(async (own: { channel?: string; kind?: string; limit: number }) => {
      const options = { channelId: own.channel ?? null, kind: own.kind ?? null, limit: own.limit };
      const api = await operatorsClient(program, signal);
      done(await events(outputOf(program), api, { ...options, json: wantsJson(program) }));
    });
}

function addQuarantine(program: Command, { signal, done }: Running): void {
  const quarantine = program.command('quarantine').description('messages that could not be read');
  quarantine
    .command('list')
    .description('which messages, and where they were wrong')
    .option('--channel <channelId>', 'only of this channel')
    .option('--state <state>', 'waiting, read or given-up')
    .option('--limit <number>', 'how many', count(1, 200), 50)
    .action(async (own: { channel?: string; state?: string; limit: number }) => {
      const options = { channelId: own.channel ?? null, state: own.state ?? null, limit: own.limit };
      const api = await operatorsClient(program, signal);
      done(await listQuarantine(outputOf(program), api, { ...options, json: wantsJson(program) }));
    });
  quarantine
    .command('replay [ids...]')
    .description('read them again after an adapter was repaired; no agency is asked')
    .option('--channel <channelId>', 'everything that waits in this channel')
    .option('--dry-run', 'only count', false)
    .action(async (quarantineIds: string[], own: { channel?: string; dryRun: boolean }) => {
      const options = { quarantineIds, channelId: own.channel ?? null, dryRun: own.dryRun };
      const api = await operatorsClient(program, signal);
      done(await replayQuarantine(outputOf(program), api, { ...options, json: wantsJson(program) }));
    });
}

function addRetention(program: Command, { signal, done }: Running): void {
  const retention = program.command('retention').description('removing by age');
  retention
    .command('preview')
    .description('what the next sweep would remove, and what a legal hold keeps of it; nothing is removed')
    .action(async () => {
      const api = await operatorsClient(program, signal);
      done(await previewRetention(outputOf(program), api, { json: wantsJson(program) }));
    });
}
