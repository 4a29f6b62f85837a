import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportVerification } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { momentOf } from '../../shared/time.ts';
import './verify.css';
import { readSeal, type Seal } from './seal-text.ts';

interface VerifyViewProps {
  readonly asked: Seal | null;
  readonly result: ReportVerification | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCheck: (seal: Seal) => void;
}

export function VerifyView({ asked, result, busy, error, onCheck }: VerifyViewProps): ReactElement {
  const { t } = useTranslation('verify');
  const [text, setText] = useState('');
  const id = useId();
  const seal = readSeal(text);
  return (
    <form
      className="panel"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (seal !== null) onCheck(seal);
      }}
    >
      <p>
        <label htmlFor={id}>{t('seal')}</label>
        <Input.TextArea
          id={id}
          rows={3}
          value={text}
          maxLength={400}
          onChange={({ target }) => setText(target.value)}
        />
      </p>
      <p className="when">{t('help')}</p>
      {text.trim() !== '' && seal === null && <p role="alert">{t('unreadable')}</p>}
      <Button type="primary" htmlType="submit" loading={busy} disabled={seal === null}>
        {t('check')}
      </Button>
      {error !== null && !busy && <FailureNotice error={error} />}
      {asked !== null && result !== null && !busy && <Result asked={asked} result={result} />}
    </form>
  );
}

function Result({ asked, result }: { readonly asked: Seal; readonly result: ReportVerification }): ReactElement {
  const { t } = useTranslation('verify');
  const of = { id: asked.reportId, version: asked.reportVersion };
  if (result.result === 'not-valid')
    return (
      <p className="sentence verify-result" role="alert" data-result="not-valid">
        {t('notValid', of)}
      </p>
    );
  const { sealedAt, signed, supersededBy } = result;
  return (
    <div className="verify-result" role="status" data-result="valid">
      <p className="sentence">{t('valid', { ...of, at: momentOf(sealedAt) })}</p>
      <p>{t(signed ? 'signed' : 'notSigned')}</p>
      <p>{supersededBy === null ? t('newest') : t('superseded', { version: supersededBy.reportVersion })}</p>
    </div>
  );
}
