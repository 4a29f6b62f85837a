import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyRequestInput } from '../../api/generated/types.gen.ts';
import { askedOf, ofQrText, type Typed } from './asked.ts';

interface VerifyFormProps {
  readonly busy: boolean;
  readonly onAsk: (asked: VerifyRequestInput) => void;
}

const fields = ['reportId', 'version', 'mark'] as const;

/** From paper: what is printed on it, or the text of its QR code pasted into the first field. */
export function VerifyForm({ busy, onAsk }: VerifyFormProps): ReactElement {
  const { t } = useTranslation('verify');
  const [typed, setTyped] = useState<Typed>({ reportId: '', version: '', mark: '' });
  const [wrong, setWrong] = useState<keyof Typed | null>(null);
  const id = useId();
  const change = (name: keyof Typed, value: string) => {
    setWrong(null);
    setTyped((before) => ofQrText(value) ?? { ...before, [name]: value });
  };
  return (
    <form
      className="panel verify-form"
      aria-label={t('byMark')}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = askedOf(typed);
        if ('wrong' in asked) setWrong(asked.wrong);
        else onAsk(asked);
      }}
    >
      <h2>{t('byMark')}</h2>
      <p>{t('byMarkHelp')}</p>
      {fields.map((name) => (
        <div key={name}>
          <label htmlFor={`${id}-${name}`}>{t(`field.${name}`)}</label>
          <Input
            id={`${id}-${name}`}
            value={typed[name]}
            maxLength={200}
            autoComplete="off"
            aria-invalid={wrong === name}
            aria-describedby={`${id}-${name}-why`}
            onChange={({ target }) => change(name, target.value)}
          />
          <span id={`${id}-${name}-why`} className="when" role={wrong === name ? 'alert' : undefined}>
            {wrong === name ? t(`wrong.${name}`) : ''}
          </span>
        </div>
      ))}
      <Button htmlType="submit" type="primary" loading={busy}>
        {t('check')}
      </Button>
    </form>
  );
}
