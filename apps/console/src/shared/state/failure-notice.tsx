import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, failureOf } from '../api/problem.ts';

interface FailureNoticeProps {
  readonly error: unknown;
  readonly again?: (() => unknown) | undefined;
}

/** What failed, why as far as it is known, what is not affected, the number to quote, and what to do next. */
export function FailureNotice({ error, again }: FailureNoticeProps): ReactElement {
  const { t } = useTranslation('state');
  const failure = failureOf(error);
  const { kind, title, detail, requestId } = useFailureWords(failure);
  return (
    <Alert
      type={kind === 'error' ? 'error' : 'info'}
      showIcon
      role="alert"
      data-failure={kind}
      title={title}
      description={
        <>
          <p>{detail}</p>
          {kind === 'error' && <p>{t('unaffected')}</p>}
          {requestId && <p className="request-id">{t('requestId', { id: requestId })}</p>}
          {again && kind === 'error' && <Button onClick={() => void again()}>{t('again')}</Button>}
        </>
      }
    />
  );
}

type Kind = 'forbidden' | 'not-found' | 'error';

function kindOf(failure: Failure): Kind {
  if (failure.kind !== 'problem') return 'error';
  if (failure.problem.status === 403) return 'forbidden';
  return failure.problem.status === 404 ? 'not-found' : 'error';
}

function useFailureWords(failure: Failure) {
  const { t } = useTranslation('state');
  const kind = kindOf(failure);
  if (failure.kind !== 'problem') {
    return { kind, title: t('error.title'), detail: t(`error.${failure.kind}`), requestId: null };
  }
  const { detail, requestId } = failure.problem;
  if (kind === 'not-found') return { kind, title: t('notFound.title'), detail: t('notFound.help'), requestId };
  if (kind === 'forbidden')
    return { kind, title: t('forbidden.title'), detail: `${detail} ${t('forbidden.help')}`, requestId };
  return { kind, title: t('error.title'), detail, requestId };
}
