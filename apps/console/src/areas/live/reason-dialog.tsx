import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly explanation: string;
  readonly needsReason: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCancel: () => void;
  readonly onConfirm: (reason: string) => void;
}

const longest = 500;

/** An act that is asked about once more, with the reason that stays in the ledger. */
export function ReasonDialog({
  title,
  explanation,
  needsReason,
  busy,
  error,
  onCancel,
  onConfirm,
}: ReasonDialogProps): ReactElement {
  const { t } = useTranslation('live');
  const [reason, setReason] = useState('');
  const id = useId();
  const isReady = !needsReason || reason.trim() !== '';
  return (
    <Modal
      open
      title={title}
      okText={t('act.confirm')}
      cancelText={t('act.back')}
      confirmLoading={busy}
      okButtonProps={{ disabled: !isReady }}
      onCancel={onCancel}
      onOk={() => onConfirm(reason.trim())}
    >
      <p>{explanation}</p>
      {needsReason && (
        <>
          <label htmlFor={id}>{t('act.reason')}</label>
          <Input.TextArea
            id={id}
            value={reason}
            maxLength={longest}
            rows={3}
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      )}
      {error !== null && error !== undefined && <FailureNotice error={error} />}
    </Modal>
  );
}
