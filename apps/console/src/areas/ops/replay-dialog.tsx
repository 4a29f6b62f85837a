import { Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Replay } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';

interface ReplayDialogProps {
  readonly count: number;
  readonly run: { readonly busy: boolean; readonly error: unknown; readonly done: Replay | null };
  readonly onRun: () => void;
  readonly onClose: () => void;
}

/** What was chosen is read again by the adapters as they are now. */
export function ReplayDialog({ count, run, onRun, onClose }: ReplayDialogProps): ReactElement {
  const { t } = useTranslation('ops');
  return (
    <Modal
      open
      title={t('quarantine.replay', { count })}
      okText={t('quarantine.run')}
      cancelText={t('outage.close')}
      confirmLoading={run.busy}
      okButtonProps={{ disabled: run.done !== null }}
      onCancel={onClose}
      onOk={onRun}
    >
      <p>{t('quarantine.help')}</p>
      {run.error !== null && !run.busy && <FailureNotice error={run.error} />}
      {run.done !== null && (
        <p role="status" data-chosen={run.done.chosen}>
          {t('quarantine.done', { count: run.done.chosen })}
        </p>
      )}
    </Modal>
  );
}
