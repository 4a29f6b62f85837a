import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutageRequery } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { type QueryLike, QueryState } from '../../shared/state/query-state.tsx';
import { durationOf, momentOf } from '../../shared/time.ts';

export interface OutageViewProps {
  readonly name: string;
  readonly window: { readonly from: string; readonly until: string };
  readonly preview: QueryLike<OutageRequery>;
  readonly run: {
    readonly busy: boolean;
    readonly error: unknown;
    readonly done: OutageRequery | null;
    readonly start: (reason: string) => void;
  };
  readonly onClose: () => void;
}

/** 恢复后补查: first how much it is, then the reason, then what was done. */
export function OutageView({ name, window, preview, run, onClose }: OutageViewProps): ReactElement {
  const { t, i18n } = useTranslation('ops');
  const [reason, setReason] = useState('');
  const id = useId();
  const isAny = (preview.data?.inquiries ?? 0) > 0;
  const takes = (ms: number | null) => (ms === null ? t('outage.timeUnknown') : durationOf(ms, i18n.language));
  return (
    <Modal
      open
      title={t('outage.title', { name })}
      okText={t('outage.run')}
      cancelText={t('outage.close')}
      confirmLoading={run.busy}
      okButtonProps={{ disabled: !isAny || reason.trim() === '' || run.done !== null }}
      onCancel={onClose}
      onOk={() => run.start(reason.trim())}
    >
      <p>{t('outage.window', { from: momentOf(window.from), until: momentOf(window.until) })}</p>
      <QueryState query={preview} rows={1}>
        {({ inquiries, courts, more, atLeastMs }) => (
          <p data-inquiries={inquiries}>
            {t(inquiries === 0 ? 'outage.none' : more ? 'outage.previewMore' : 'outage.preview', {
              ...{ inquiries, courts },
              time: takes(atLeastMs),
            })}
          </p>
        )}
      </QueryState>
      {isAny && run.done === null && (
        <>
          <label htmlFor={id}>{t('outage.reason')}</label>
          <Input id={id} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </>
      )}
      {run.error !== null && !run.busy && <FailureNotice error={run.error} />}
      {run.done !== null && (
        <p role="status" data-asked={run.done.asked}>
          {t('outage.done', { asked: run.done.asked, passedOver: run.done.passedOver })}
        </p>
      )}
    </Modal>
  );
}
