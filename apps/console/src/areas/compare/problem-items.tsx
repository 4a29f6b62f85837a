import type { ReactElement } from 'react';
import { failureOf } from '../../shared/api/problem.ts';

/** Everything that a refusal says is missing, each with what to do about it. */
export function ProblemItems({ error }: { readonly error: unknown }): ReactElement | null {
  if (error === null || error === undefined) return null;
  const failure = failureOf(error);
  if (failure.kind !== 'problem' || failure.problem.errors.length === 0) return null;
  return (
    <ul role="alert">
      {failure.problem.errors.map(({ code, pointer, detail, fix }) => (
        <li key={`${pointer ?? ''} ${code}`} data-problem={code}>
          {detail} {fix}
        </li>
      ))}
    </ul>
  );
}
