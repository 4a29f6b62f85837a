import { describe, expect, it } from '@jest/globals';
import { exitCodes } from './exit-codes.ts';
import { buildProgram } from './program.ts';

function program() {
  const built = buildProgram({ signal: new AbortController().signal, done: () => {} });
  for (const command of [built, ...built.commands]) command.configureOutput({ writeErr: () => {} });
  return built;
}
const run = (...args: string[]) => program().parseAsync(['node', 'chakong', ...args]);

describe('the command line', () => {
  it('has these commands', () => {
    expect(program().commands.map((command) => command.name())).toEqual([
      ...['demo', 'up', 'sim', 'doctor', 'config', 'keys', 'inquire', 'report', 'agencies', 'approvals', 'events'],
      ...['quarantine', 'retention', 'audit', 'token', 'help'],
    ]);
  });

  it.each([
    [['dance']],
    [['--loud', 'doctor']],
    [['demo', '--agencies', '9']],
    [['demo', '--agencies', 'many']],
    [['inquire', '--timeout', '0']],
    [['approvals', 'decide', 'apr_1', '--approve']],
    [['report']],
    [['token', 'create', '--user', 'usr_zhao', '--scopes', 'cases:read']],
    [['token', 'create', '--user', 'usr_zhao', '--label', 'x', '--scopes', 'cases:read,,']],
    [['token', 'create', '--user', 'usr_zhao', '--label', 'x', '--scopes', 'cases:read', '--days', '366']],
    [['report', 'inq_01', '--version', '0']],
  ])('refuses %j as wrong usage', async (args) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 'usage', exitCode: exitCodes.usage });
  });

  it('does not talk to a gateway without a token', async () => {
    await expect(run('--token-file', '', 'report', 'rep_1')).rejects.toMatchObject({
      code: 'no-token',
      exitCode: exitCodes.notAllowed,
    });
  });
});
