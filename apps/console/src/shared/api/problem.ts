import type { Problem } from '../../api/generated/types.gen.ts';

/** Why a request came to nothing: what the gateway said, or that it could not be reached. */
export type Failure =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unknown'; readonly requestId: string | null };

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'title' in value;

/** What stands behind the error of a query: the body of a problem, or a failed connection. Never nothing. */
export function failureOf(error: unknown): Failure {
  if (isProblem(error)) return { kind: 'problem', problem: error };
  if (error instanceof TypeError) return { kind: 'unreachable' }; // fetch says so when nobody answers
  return { kind: 'unknown', requestId: null };
}

export const statusOf = (error: unknown): number | null => {
  const failure = failureOf(error);
  return failure.kind === 'problem' ? failure.problem.status : null;
};
