import { Button, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../shared/screen.tsx';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { ErrorSummary, Field, type FieldError, fieldProps } from './form-parts.tsx';
import type { CaseDraft } from './new-case-draft.ts';
import './desk.css';

interface NewCaseViewProps {
  readonly draft: CaseDraft;
  readonly onChange: (change: Partial<CaseDraft>) => void;
  readonly court: string;
  readonly errors: readonly FieldError[];
  /** Why it could not be sent at all; null: it could. */
  readonly failure: unknown;
  readonly isSending: boolean;
  readonly onSubmit: () => void;
}

/** A new case: every field with its label, everything that is wrong in one place. */
export function NewCaseView(props: NewCaseViewProps): ReactElement {
  const { draft, onChange, court, errors, failure, isSending, onSubmit } = props;
  const { t } = useTranslation('desk');
  return (
    <Screen title={t('newCase.title')}>
      <ErrorSummary errors={errors} />
      {failure !== null && <FailureNotice error={failure} />}
      <form
        className="panel desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Text name="caseNumber" {...{ draft, onChange, errors }} hint={t('newCase.caseNumberHint')} />
        <Field id="court" label={t('newCase.field.court')} hint={t('newCase.courtHint')} errors={[]}>
          <Input id="court" value={court} readOnly />
        </Field>
        <Text name="legalBasis" {...{ draft, onChange, errors }} hint={t('newCase.legalBasisHint')} />
        <div className="desk-pair">
          <Text name="claim" {...{ draft, onChange, errors }} hint={t('newCase.claimHint')} />
          <Currency {...{ draft, onChange }} />
        </div>
        <div className="desk-pair">
          <Text name="filedOn" type="date" {...{ draft, onChange, errors }} />
          <Text name="executionNoticeOn" type="date" {...{ draft, onChange, errors }} hint={t('newCase.noticeHint')} />
        </div>
        <Button type="primary" htmlType="submit" loading={isSending}>
          {t('newCase.submit')}
        </Button>
      </form>
    </Screen>
  );
}

const currencies = ['CNY', 'USD', 'HKD', 'EUR', 'JPY', 'GBP'];

function Currency({ draft, onChange }: Pick<NewCaseViewProps, 'draft' | 'onChange'>): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Field id="currency" label={t('newCase.field.currency')} errors={[]}>
      <Select
        id="currency"
        value={draft.currency}
        options={currencies.map((value) => ({ value, label: value }))}
        onChange={(currency) => onChange({ currency })}
      />
    </Field>
  );
}

interface TextProps extends Pick<NewCaseViewProps, 'draft' | 'onChange' | 'errors'> {
  readonly name: Exclude<keyof CaseDraft, 'currency'>;
  readonly type?: 'text' | 'date';
  readonly hint?: string;
}

function Text({ name, type = 'text', hint, draft, onChange, errors }: TextProps): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Field id={name} label={t(`newCase.field.${name}`)} hint={hint} errors={errors}>
      <Input
        {...fieldProps(name, errors)}
        type={type}
        value={draft[name]}
        autoComplete="off"
        onChange={({ target }) => onChange({ [name]: target.value })}
      />
    </Field>
  );
}
