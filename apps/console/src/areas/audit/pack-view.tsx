import { Button, Checkbox, Input, InputNumber } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditPack, NewAuditPackInput } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { momentOf } from '../../shared/time.ts';

interface PackViewProps {
  readonly pack: AuditPack | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onMake: (wanted: NewAuditPackInput) => void;
}

/** From which entry to which, with or without the reasons, and why it is made. */
export function PackView({ pack, busy, error, onMake }: PackViewProps): ReactElement {
  const { t } = useTranslation('audit');
  const [fromId, toId, reasonId] = [useId(), useId(), useId()];
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState<number | null>(null);
  const [withReasons, setWithReasons] = useState(false);
  const [reason, setReason] = useState('');
  return (
    <form
      className="panel"
      aria-label={t('pack.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') onMake({ from, to, withReasons, reason: reason.trim() });
      }}
    >
      <h2>{t('pack.title')}</h2>
      <p className="when">{t('pack.help')}</p>
      <p>
        <label htmlFor={fromId}>{t('pack.from')}</label>{' '}
        <InputNumber id={fromId} min={1} precision={0} value={from} onChange={(value) => setFrom(value ?? 1)} />{' '}
        <label htmlFor={toId}>{t('pack.to')}</label>{' '}
        <InputNumber
          id={toId}
          min={from}
          precision={0}
          value={to}
          placeholder={t('pack.newest')}
          onChange={(value) => setTo(value)}
        />{' '}
        <Checkbox checked={withReasons} onChange={({ target }) => setWithReasons(target.checked)}>
          {t('pack.withReasons')}
        </Checkbox>
      </p>
      <p>
        <label htmlFor={reasonId}>{t('pack.reason')}</label>
        <Input id={reasonId} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
      </p>
      <Button htmlType="submit" loading={busy} disabled={reason.trim() === ''}>
        {t('pack.make')}
      </Button>
      {error !== null && !busy && <FailureNotice error={error} />}
      {pack !== null && (
        <p role="status">
          {t('pack.made', { from: pack.from, to: pack.to, at: momentOf(pack.createdAt) })}{' '}
          <Button type="primary" href={pack.links.content} download>
            {t('pack.fetch')}
          </Button>
        </p>
      )}
    </form>
  );
}
