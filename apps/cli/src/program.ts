import { Command, Option } from 'commander';
import { addAdministratorCommands } from './commands/administrator-commands.ts';
import { addAuditCommands } from './commands/audit-commands.ts';
import { addClientCommands } from './commands/client-commands.ts';
import { addOperatorCommands } from './commands/operator-commands.ts';
import { addLocalCommands } from './commands/local-commands.ts';
import { outputOf, type Running } from './commands/running.ts';
import { errorCodes } from './error-codes.ts';
import { CliError, exitCodes } from './exit-codes.ts';

/** All commands. `--json` prints one document and nothing else on standard output. */
export function buildProgram(running: Running): Command {
  const program = new Command('chakong')
    .description('查控网关: one click on one debtor asks every agency and comes back as one report')
    .version('0.1.0', '-V') // not --version: the program would take it from `report --version <n>`
    .configureOutput({ writeErr: () => {} }) // main.ts says what was wrong, once
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(0);
      throw new CliError('usage', error.message.replace(/^error: /, ''), {
        exitCode: exitCodes.usage,
        fix: 'See chakong --help.',
      });
    })
    .option('--json', 'one JSON document on standard output, nothing else')
    .option('--quiet', 'no words about progress')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .addOption(new Option('--url <url>', 'address of the gateway').env('CHAKONG_URL').default('http://127.0.0.1:7300'))
    .addOption(new Option('--token-file <file>', 'file with the bearer token').env('CHAKONG_TOKEN_FILE'));
  addLocalCommands(program, running);
  addClientCommands(program, running);
  addOperatorCommands(program, running);
  addAuditCommands(program, running);
  addAdministratorCommands(program, running);
  addHelp(program);
  return program;
}

function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help [topic]')
    .description('what a command does, or what an error code means')
    .action((topic?: string) => {
      const explained = topic === undefined ? undefined : errorCodes[topic];
      const command = program.commands.find((each) => each.name() === topic);
      outputOf(program).result(explained ?? (command ?? program).helpInformation());
    });
}
