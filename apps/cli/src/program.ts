import { Command, InvalidArgumentError, Option } from 'commander';
import { openApiClient, type ApiClient } from './api-client.ts';
import { agencies } from './commands/agencies.ts';
import { checkConfig, printConfig } from './commands/config.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { inquire } from './commands/inquire.ts';
import { report } from './commands/report.ts';
import { sim } from './commands/sim.ts';
import { up } from './commands/up.ts';
import { errorCodes } from './error-codes.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { openOutput, type Output } from './output.ts';
import { readToken } from './token.ts';

interface Running {
  readonly signal: AbortSignal;
  readonly done: (exitCode: number) => void;
}

interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly url: string;
  readonly tokenFile?: string;
}

/** All commands. `--json` prints one document and nothing else on standard output. */
export function buildProgram(running: Running): Command {
  const program = new Command('chakong')
    .description('查控网关: one click on one debtor asks every agency and comes back as one report')
    .version('0.1.0')
    .showHelpAfterError('(chakong --help lists the commands)')
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
  addHelp(program);
  return program;
}

const outputOf = ({ json = false, quiet = false, color }: CommonOptions): Output =>
  openOutput({ out: process.stdout, err: process.stderr }, { json, quiet, colour: color });

/** Commands that work here, without a running gateway. */
function addLocalCommands(program: Command, { signal, done }: Running): void {
  const common = () => program.opts<CommonOptions>();
  const directory = (command: Command) =>
    command
      .option('--agencies <count>', 'a synthetic nationwide directory of this size', count(10, 5_000))
      .option('--seed <number>', 'another seed, another world', count(0, 2_147_483_647), 1);
  directory(program.command('demo').description('start everything, send one inquiry, show it, print the report, stop'))
    .option('--debtor <name>', 'whom to ask about (an invented person)', '张三')
    .option('--id <number>', 'the number of the identifier', '110100199003074112')
    .option('--chaos', 'some agencies are down, slow or talk garbage', false)
    .action(async (own: { debtor: string; id: string; chaos: boolean; seed: number; agencies?: number }) => {
      done(
        await demo(
          outputOf(common()),
          { ...own, agencies: own.agencies ?? null, json: common().json ?? false },
          signal,
        ),
      );
    });
  directory(program.command('up').description('start everything and keep it running')).action(
    async (own: { seed: number; agencies?: number }) => {
      done(
        await up(
          outputOf(common()),
          { seed: own.seed, agencies: own.agencies ?? null, json: common().json ?? false },
          signal,
        ),
      );
    },
  );
  directory(program.command('sim').description('only the simulated agencies'))
    .option('--doors <url>', 'the doors that simulated banks poll', 'http://127.0.0.1:7301')
    .action(async (own: { doors: string; seed: number; agencies?: number }) => {
      done(
        await sim(outputOf(common()), { seed: own.seed, agencies: own.agencies ?? null, doorsUrl: own.doors }, signal),
      );
    });
  program
    .command('doctor')
    .description('look at what this machine lacks')
    .action(async () => done(await doctor(outputOf(common()), { json: common().json ?? false })));
  const config = program.command('config').description('settings and configuration files');
  config
    .command('print')
    .description('every setting with value and origin; secrets are never printed')
    .option('--example', 'an .env.example instead', false)
    .action((own: { example: boolean }) =>
      done(printConfig(outputOf(common()), { json: common().json ?? false, example: own.example })),
    );
  config
    .command('check')
    .description('all problems at once, as at boot')
    .action(async () => done(await checkConfig(outputOf(common()))));
}

/** Commands that talk to a gateway over its API. */
function addClientCommands(program: Command, { signal, done }: Running): void {
  const common = () => program.opts<CommonOptions>();
  const client = async (role: 'officer' | 'ops'): Promise<ApiClient> => {
    const { url, tokenFile } = common();
    return openApiClient({
      url: url.replace(/\/$/, ''),
      token: await readToken(tokenFile, role),
      signal,
      language: 'zh',
    });
  };
  program
    .command('inquire')
    .description('ask all entitled agencies about one debtor and follow until the report is there')
    .option('--file <file>', 'case, debtor and document as JSON; - reads standard input')
    .option('--requery <inquiryId>', 'ask again what is missing')
    .option('--timeout <minutes>', 'how long to follow', count(1, 10_080), 10)
    .action(async (own: { file?: string; requery?: string; timeout: number }) => {
      const options = {
        file: own.file ?? null,
        requery: own.requery ?? null,
        timeoutMs: own.timeout * 60_000,
        json: common().json ?? false,
      };
      done(await inquire(outputOf(common()), await client('officer'), { options, signal }));
    });
  program
    .command('report <id>')
    .description('a report version (rep_…) or the newest one of an inquiry (inq_…)')
    .action(async (id: string) =>
      done(await report(outputOf(common()), await client('officer'), { id, json: common().json ?? false })),
    );
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
        json: common().json ?? false,
      };
      done(await agencies(outputOf(common()), await client('officer'), options));
    });
}

function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help [topic]')
    .description('what a command does, or what an error code means')
    .action((topic?: string) => {
      const explained = topic === undefined ? undefined : errorCodes[topic];
      const command = program.commands.find((each) => each.name() === topic);
      outputOf(program.opts<CommonOptions>()).result(explained ?? (command ?? program).helpInformation());
    });
}

const count = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`a whole number from ${least} to ${most} is needed`);
  return number;
};
