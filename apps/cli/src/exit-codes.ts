/** Exit codes of the command line (api.md §9.1). */
export const exitCodes = {
  done: 0, // for inquiries: all asked agencies answered
  failed: 1,
  usage: 2, // wrong usage or configuration
  noAnswers: 3, // finished, and some agencies did not answer
  notAllowed: 4, // not signed in or not allowed
  checkFailed: 5,
  interrupted: 130,
} as const;

/** An error for people: what, why and the next command. `code` is explained by `chakong help <code>`. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;
  readonly exitCode: number;
  readonly fix: string;
  /** Codes of the single items of a problem that the gateway replied with. */
  readonly itemCodes: readonly string[];

  constructor(
    code: string,
    message: string,
    more: { readonly exitCode: number; readonly fix: string; readonly itemCodes?: readonly string[] },
  ) {
    super(message);
    this.code = code;
    this.exitCode = more.exitCode;
    this.fix = more.fix;
    this.itemCodes = more.itemCodes ?? [];
  }
}
