#!/usr/bin/env node
import { CliError, exitCodes } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { buildProgram } from './program.ts';

const stopping = new AbortController();
let interrupted = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (interrupted) process.exit(exitCodes.failed); // a second signal does not wait
    interrupted = true;
    stopping.abort(new CliError('interrupted', 'Interrupted.', { exitCode: exitCodes.interrupted, fix: '' }));
  });
}

try {
  let exitCode: number = exitCodes.done;
  const program = buildProgram({ signal: stopping.signal, done: (code) => (exitCode = code) });
  await program.parseAsync(process.argv);
  process.exitCode = exitCode;
} catch (error) {
  process.exitCode = explain(error);
}

/** Says what, why and what to do; the exit code tells programs. */
function explain(error: unknown): number {
  const output = openOutput({ out: process.stdout, err: process.stderr }, { json: false, quiet: false, colour: false });
  if (interrupted) return exitCodes.interrupted;
  if (error instanceof CliError) {
    output.progress(`chakong: ${error.message}`);
    if (error.fix !== '') output.progress(`  ${error.fix}`);
    output.progress(`  (chakong help ${error.code})`);
    return error.exitCode;
  }
  const known = error instanceof Error && 'fix' in error && typeof error.fix === 'string' ? error.fix : null;
  output.progress(`chakong: ${error instanceof Error ? error.message : String(error)}`);
  if (known !== null) output.progress(`  ${known}`);
  return exitCodes.failed;
}
