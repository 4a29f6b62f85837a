import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inquiryworkRequery } from '../../api/generated/sdk.gen.ts';
import type { CoverageLine, Inquiry, RequeryItem } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { type QueryLike, QueryState } from '../../shared/state/query-state.tsx';
import { ReasonDialog } from '../live/reason-dialog.tsx';
import { RequeryView } from './requery-view.tsx';

interface RequeryPanelProps {
  readonly inquiry: Inquiry;
  readonly lines: QueryLike<{ readonly items: readonly CoverageLine[]; readonly nextCursor: string | null }>;
  readonly incomplete: readonly CoverageLine[] | null;
  readonly requeries: QueryLike<{ readonly items: readonly RequeryItem[] }>;
  readonly mayWrite: boolean;
  readonly onAsked: () => void;
  /** Looks again before anything is sent: what has answered meanwhile is not asked. */
  readonly onLook: () => Promise<unknown>;
}

/** Which agencies would be asked again, why each did not answer, and how long it usually takes. */
export function RequeryPanel(props: RequeryPanelProps): ReactElement {
  const { inquiry, lines, incomplete, requeries, mayWrite, onAsked, onLook } = props;
  const { t } = useTranslation('compare');
  const [isAsking, setAsking] = useState(false);
  const { key, renew } = useIntent();
  const { inquiryId } = inquiry;
  const ask = useMutation({
    mutationFn: (reason: string) =>
      inquiryworkRequery({
        path: { inquiryId },
        body: { lines: 'all-unanswered', reason },
        headers: { 'Idempotency-Key': key() },
        throwOnError: true,
      }),
    onSuccess: () => {
      renew();
      setAsking(false);
      onAsked();
    },
  });
  const open = () => {
    ask.reset();
    void onLook().finally(() => setAsking(true));
  };
  return (
    <section aria-label={t('requery.dialog')}>
      <QueryState query={lines}>
        {({ items, nextCursor }) => {
          const all = [...items, ...(incomplete ?? [])];
          return (
            <>
              <RequeryView inquiry={inquiry} lines={all} requeries={requeries.data?.items ?? null} />
              {nextCursor !== null && (
                <p>{t('requery.more', { count: inquiry.counts.noAnswer, shown: items.length })}</p>
              )}
              {mayWrite && all.length > 0 && (
                <p className="compare-again">
                  <Button type="primary" onClick={open}>
                    {t('requery.button', { count: all.length })}
                  </Button>
                </p>
              )}
              {isAsking && (
                <ReasonDialog
                  title={t('requery.dialog')}
                  explanation={t('requery.explanation', { count: all.length })}
                  needsReason
                  busy={ask.isPending}
                  error={ask.error}
                  onCancel={() => setAsking(false)}
                  onConfirm={(reason) => ask.mutate(reason)}
                />
              )}
            </>
          );
        }}
      </QueryState>
    </section>
  );
}
