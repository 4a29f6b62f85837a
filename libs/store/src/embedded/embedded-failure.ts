/** Why the embedded database cannot serve. Stored in logs and shown by the command line; never renamed. */
export type EmbeddedFailureCode =
  | 'system-not-supported'
  | 'server-files-missing'
  | 'no-unprivileged-account'
  | 'folder-not-reachable'
  | 'folder-not-ours'
  | 'folder-in-use'
  | 'previous-still-running'
  | 'port-in-use'
  | 'credentials-missing'
  | 'initdb-failed'
  | 'start-failed'
  | 'start-timed-out';

/**
 * The embedded database cannot start. `message` says what happened and what to do; it names own folders, ports and
 * process ids only, so it may be printed.
 */
export class EmbeddedFailure extends Error {
  override readonly name = 'EmbeddedFailure';
  readonly code: EmbeddedFailureCode;
  /** What the person who starts the product can do about it. */
  readonly fix: string;

  constructor(code: EmbeddedFailureCode, what: string, fix: string) {
    super(`${what} ${fix}`);
    this.code = code;
    this.fix = fix;
  }
}
