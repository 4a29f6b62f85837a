import { type Command, InvalidArgumentError } from 'commander';
import { type ApiClient, openApiClient } from '../api-client.ts';
import { readToken } from '../token.ts';
import { count, outputOf, type ProgramOptions, type Running, wantsJson } from './running.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

/** Commands of the administrators of a court, over the gateway's API. */
export function addAdministratorCommands(program: Command, running: Running): void {
  const token = program.command('token').description('bearer tokens of programs that work in somebody’s name');
  addCreate(program, token, running);
  addList(program, token, running);
  token
    .command('revoke <tokenId>')
    .description('from now on it opens nothing, on any gateway')
    .action(async (tokenId: string) => {
      const api = await administratorsClient(program, running.signal);
      running.done(await revokeToken(outputOf(program), api, { tokenId, json: wantsJson(program) }));
    });
}

async function administratorsClient(program: Command, signal: AbortSignal): Promise<ApiClient> {
  const { url, tokenFile } = program.opts<ProgramOptions>();
  const token = await readToken(tokenFile, 'court-admin');
  return openApiClient({ url: url.replace(/\/$/, ''), token, signal, language: 'zh' });
}

const scopeList = (text: string): readonly string[] => {
  const scopes = text.split(',').map((each) => each.trim());
  if (scopes.includes(''))
    throw new InvalidArgumentError('scopes are separated by commas, such as cases:read,reports:read');
  return scopes;
};

interface Create {
  readonly user: string;
  readonly scopes: readonly string[];
  readonly days: number;
  readonly label: string;
}

function addCreate(program: Command, token: Command, { signal, done }: Running): void {
  token
    .command('create')
    .description('make one; it is shown this once')
    .requiredOption('--user <userId>', 'in whose name it works')
    .requiredOption(
      '--scopes <scopes>',
      'a part of what that person may do, such as cases:read,reports:read',
      scopeList,
    )
    .requiredOption('--label <label>', 'a code for people who look at the list later, such as case-system')
    .option('--days <number>', 'how long it is good for', count(1, 365), 90)
    .action(async ({ user, scopes, days, label }: Create) => {
      const api = await administratorsClient(program, signal);
      const wanted = { userId: user, scopes, days, label, json: wantsJson(program), now: new Date() };
      done(await createToken(outputOf(program), api, wanted));
    });
}

function addList(program: Command, token: Command, { signal, done }: Running): void {
  token
    .command('list')
    .description('those of the own court, newest first')
    .option('--limit <number>', 'how many', count(1, 200), 50)
    .action(async ({ limit }: { limit: number }) => {
      const api = await administratorsClient(program, signal);
      done(await listTokens(outputOf(program), api, { limit, json: wantsJson(program) }));
    });
}
