import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { failureOf } from '../../shared/api/problem.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';

/** Whether a failure names what is missing: then it is a refusal that can be mended, and not a fault. */
export function namesItems(error: unknown): boolean {
  if (error === null || error === undefined) return false;
  const failure = failureOf(error);
  return failure.kind === 'problem' && failure.problem.errors.length > 0;
}

/** The gateway has said no, so that the next press is another intent. After a dead connection the same one may be under way. */
export const isAnswered = (error: unknown): boolean => failureOf(error).kind === 'problem';

/** Everything that a refusal says is missing, each with what to do about it; of any other failure what is known of it. */
export function RefusalNotice({ error }: { readonly error: unknown }): ReactElement | null {
  if (error === null || error === undefined) return null;
  const failure = failureOf(error);
  if (failure.kind !== 'problem' || failure.problem.errors.length === 0) return <FailureNotice error={error} />;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={failure.problem.detail}
      description={
        <ul>
          {failure.problem.errors.map(({ code, pointer, detail, fix }) => (
            <li key={`${pointer ?? ''} ${code}`} data-problem={code}>
              {detail} {fix}
            </li>
          ))}
        </ul>
      }
    />
  );
}
