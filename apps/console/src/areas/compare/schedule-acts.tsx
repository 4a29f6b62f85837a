import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../api/generated/types.gen.ts';
import { ReasonDialog } from '../live/reason-dialog.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

/** Sending the run whose day has come, or the state that the schedule is to have. */
export type ScheduleAct = 'send' | Schedule['state'];

interface ScheduleActsProps {
  readonly schedule: Schedule;
  readonly open: ScheduleAct | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onOpen: (act: ScheduleAct) => void;
  readonly onClose: () => void;
  readonly onConfirm: (act: ScheduleAct, reason: string) => void;
}

/** What can be done with a schedule now; every act is asked about once more, with its reason. */
export function ScheduleActs(props: ScheduleActsProps): ReactElement | null {
  const { schedule, open, busy, error, onOpen, onClose, onConfirm } = props;
  const { t } = useTranslation('compare');
  const due = schedule.runs.find(({ state }) => state === 'prepared');
  if (schedule.state === 'ended') return null;
  const values = { no: due?.runNo ?? 0 };
  return (
    <div className="compare-again">
      {due !== undefined && schedule.state === 'active' && (
        <Button type="primary" onClick={() => onOpen('send')}>
          {t('schedule.act.send.button', values)}
        </Button>
      )}{' '}
      {schedule.state === 'active' ? (
        <Button onClick={() => onOpen('paused')}>{t('schedule.act.paused.button')}</Button>
      ) : (
        <Button onClick={() => onOpen('active')}>{t('schedule.act.active.button')}</Button>
      )}{' '}
      <Button danger onClick={() => onOpen('ended')}>
        {t('schedule.act.ended.button')}
      </Button>
      {open !== null && (
        <ReasonDialog
          title={t(`schedule.act.${open}.title`, values)}
          explanation={t(`schedule.act.${open}.explanation`, values)}
          needsReason
          busy={busy}
          error={error}
          onCancel={onClose}
          onConfirm={(reason) => onConfirm(open, reason)}
        />
      )}
      {open === null && <RefusalNotice error={error} />}
    </div>
  );
}
