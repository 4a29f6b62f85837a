import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  inquirylifePause,
  inquirylifeResume,
  inquiryworkCancel,
  inquiryworkRequery,
} from '../../api/generated/sdk.gen.ts';
import type { Inquiry } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { type LineNow, verdictNow } from './line-now.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface ProgressActionsProps {
  readonly inquiry: Inquiry;
  readonly lines: readonly LineNow[];
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}

type Act = 'requery' | 'pause' | 'resume' | 'cancel';

/** What can be done with an inquiry now: asking again where there is no answer, holding it, withdrawing it. */
export function ProgressActions({ inquiry, lines, mayWrite, onDone }: ProgressActionsProps): ReactElement | null {
  const { t } = useTranslation('live');
  const [act, setAct] = useState<Act | null>(null);
  const { key, renew } = useIntent();
  const { inquiryId } = inquiry;
  const run = useMutation({
    mutationFn: async ({ act: chosen, reason }: { readonly act: Act; readonly reason: string }) =>
      perform(chosen, { inquiryId, reason, key: key() }),
    onSuccess: () => {
      renew();
      setAct(null);
      onDone();
    },
  });
  if (!mayWrite) return null;
  const unanswered = lines.filter((each) => verdictNow(each) === 'no-answer');
  const isOver = inquiry.closedAt !== null;
  const open = (next: Act) => {
    run.reset();
    setAct(next);
  };
  return (
    <>
      {isOver && unanswered.length > 0 && (
        <Button type="primary" onClick={() => open('requery')}>
          {t('act.requery.button', { count: unanswered.length })}
        </Button>
      )}
      {!isOver &&
        (inquiry.pausedAt === null ? (
          <Button onClick={() => open('pause')}>{t('act.pause.button')}</Button>
        ) : (
          <Button onClick={() => open('resume')}>{t('act.resume.button')}</Button>
        ))}
      {!isOver && (
        <Button danger onClick={() => open('cancel')}>
          {t('act.cancel.button')}
        </Button>
      )}
      {act !== null && (
        <ReasonDialog
          title={t(`act.${act}.title`)}
          explanation={t(`act.${act}.explanation`, { count: unanswered.length })}
          needsReason={act !== 'resume'}
          busy={run.isPending}
          error={run.error}
          onCancel={() => setAct(null)}
          onConfirm={(reason) => run.mutate({ act, reason })}
        />
      )}
    </>
  );
}

interface Performed {
  readonly inquiryId: string;
  readonly reason: string;
  readonly key: string;
}

async function perform(act: Act, { inquiryId, reason, key }: Performed): Promise<unknown> {
  const path = { inquiryId };
  const headers = { 'Idempotency-Key': key };
  switch (act) {
    case 'requery':
      return inquiryworkRequery({ path, headers, body: { lines: 'all-unanswered', reason }, throwOnError: true });
    case 'cancel':
      return inquiryworkCancel({ path, headers, body: { lines: 'all-open', reason }, throwOnError: true });
    case 'pause':
      return inquirylifePause({ path, headers, body: { reason }, throwOnError: true });
    case 'resume':
      return inquirylifeResume({ path, throwOnError: true });
  }
}
