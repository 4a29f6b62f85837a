import { type Command, InvalidArgumentError } from 'commander';
import { openOutput, type Output } from '../output.ts';

/** One run of the command line: what ends it early, and where its exit code goes. */
export interface Running {
  readonly signal: AbortSignal;
  readonly done: (exitCode: number) => void;
}

/** Options that stand before every command. */
export interface ProgramOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly url: string;
  readonly tokenFile?: string;
}

export function outputOf(program: Command): Output {
  const { json = false, quiet = false, color } = program.opts<ProgramOptions>();
  return openOutput({ out: process.stdout, err: process.stderr }, { json, quiet, colour: color });
}

export const wantsJson = (program: Command): boolean => program.opts<ProgramOptions>().json ?? false;

/** Reads a whole number of an option; a wrong one is a mistake in usage. */
export const count = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`a whole number from ${least} to ${most} is needed`);
  return number;
};
