import { problemStatus, type ProblemCode, type ProblemItem } from '#contracts';

interface ProblemDetails {
  /** Everything that is wrong, at once. */
  readonly errors?: readonly ProblemItem[];
  /** Headers that belong to the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is a problem (api.md §3). The detail is a sentence of ours: never a name, number or secret. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: readonly ProblemItem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, { errors = [], headers = {} }: ProblemDetails = {}) {
    super(detail);
    this.code = code;
    this.status = problemStatus[code];
    this.errors = errors;
    this.headers = headers;
  }
}

/** Nothing there, or another court's: the answer does not tell which. */
export const notFound = (what: string): ProblemError => new ProblemError('not-found', `There is no such ${what}.`);

/** The value, or 404 where there is none. */
export function foundOr404<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw notFound(what);
  return value;
}
