import type { Command } from 'commander';
import { checkConfig, printConfig } from './config.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { keysStatus, retireKey, rotateKeys } from './keys.ts';
import { count, outputOf, type Running, wantsJson } from './running.ts';
import { sim } from './sim.ts';
import { up } from './up.ts';

/** Commands that work here, without a running gateway. */
export function addLocalCommands(program: Command, running: Running): void {
  addDemo(program, running);
  addUp(program, running);
  addSim(program, running);
  program
    .command('doctor')
    .description('look at what this machine lacks')
    .action(async () => running.done(await doctor(outputOf(program), { json: wantsJson(program) })));
  addConfig(program, running);
  addKeys(program, running);
}

interface Directory {
  readonly seed: number;
  readonly agencies?: number;
}

const withDirectory = (command: Command): Command =>
  command
    .option('--agencies <count>', 'a synthetic nationwide directory of this size', count(10, 5_000))
    .option('--seed <number>', 'another seed, another world', count(0, 2_147_483_647), 1);

function addDemo(program: Command, { signal, done }: Running): void {
  withDirectory(
    program.command('demo').description('start everything, send one inquiry, show it, print the report, stop'),
  )
    .option('--debtor <name>', 'whom to ask about (an invented person)', '张三')
    .option('--id <number>', 'the number of the identifier', '110100199003074112')
    .option('--chaos', 'some agencies are down, slow or talk garbage', false)
    .action(async (own: Directory & { debtor: string; id: string; chaos: boolean }) => {
      const options = { ...own, agencies: own.agencies ?? null, json: wantsJson(program) };
      done(await demo(outputOf(program), options, signal));
    });
}

function addUp(program: Command, { signal, done }: Running): void {
  withDirectory(program.command('up').description('start everything and keep it running')).action(
    async ({ seed, agencies }: Directory) =>
      done(await up(outputOf(program), { seed, agencies: agencies ?? null, json: wantsJson(program) }, signal)),
  );
}

function addSim(program: Command, { signal, done }: Running): void {
  withDirectory(program.command('sim').description('only the simulated agencies'))
    .option('--doors <url>', 'the doors that simulated banks poll', 'http://127.0.0.1:7301')
    .action(async ({ doors: doorsUrl, seed, agencies }: Directory & { doors: string }) =>
      done(await sim(outputOf(program), { seed, agencies: agencies ?? null, doorsUrl }, signal)),
    );
}

function addConfig(program: Command, { done }: Running): void {
  const config = program.command('config').description('settings and configuration files');
  config
    .command('print')
    .description('every setting with value and origin; secrets are never printed')
    .option('--example', 'an .env.example instead', false)
    .action(({ example }: { example: boolean }) =>
      done(printConfig(outputOf(program), { json: wantsJson(program), example })),
    );
  config
    .command('check')
    .description('all problems at once, as at boot')
    .action(async () => done(await checkConfig(outputOf(program))));
}

function addKeys(program: Command, { signal, done }: Running): void {
  const keys = program.command('keys').description('encryption keys, where keyring and database are at hand');
  const options = () => ({ json: wantsJson(program), signal });
  keys
    .command('status')
    .description('which wrapping key wraps how many data keys, what seals, which rows are of version 1')
    .action(async () => done(await keysStatus(outputOf(program), options())));
  keys
    .command('rotate')
    .description('wrap every data key with the first wrapping key, while everything runs')
    .action(async () => done(await rotateKeys(outputOf(program), options())));
  keys
    .command('retire')
    .description('let a new data key take over from the one that seals now')
    .action(async () => done(await retireKey(outputOf(program), options())));
}
