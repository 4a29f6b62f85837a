import { rareCharacters } from '#contracts';
import { Button, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { RareCharacters } from '../../shared/rare-characters/rare-characters.tsx';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { ErrorSummary, Field, type FieldError, fieldProps } from './form-parts.tsx';
import type { DebtorDraft } from './debtor-draft.ts';

interface NewDebtorViewProps {
  readonly draft: DebtorDraft;
  readonly onChange: (change: Partial<DebtorDraft>) => void;
  readonly errors: readonly FieldError[];
  readonly failure: unknown;
  readonly isSending: boolean;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
}

const kinds = ['natural', 'legal', 'other'] as const;
const roles = ['debtor-under-execution', 'respondent-under-preservation'] as const;
const idTypes = [
  ...(['citizen-id', 'hk-macao-taiwan', 'passport', 'household-book', 'military'] as const),
  ...(['uscc', 'org-code', 'business-licence', 'other'] as const),
];

/** The form of a debtor: name and number as they are printed. */
export function NewDebtorView(props: NewDebtorViewProps): ReactElement {
  const { draft, onChange, errors, failure, isSending, onSubmit, onCancel } = props;
  const { t } = useTranslation('desk');
  return (
    <form
      className="desk-form"
      aria-label={t('newDebtor.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <ErrorSummary errors={errors} />
      {failure !== null && <FailureNotice error={failure} />}
      <div className="desk-pair">
        <Choice id="kind" value={draft.kind} options={kinds} onPick={(kind) => onChange({ kind })} />
        <Choice id="role" value={draft.role} options={roles} onPick={(role) => onChange({ role })} />
      </div>
      <Text name="name" {...{ draft, onChange, errors }} hint={t('newDebtor.nameHint')} />
      <div className="desk-field" role="status">
        <RareCharacters
          characters={rareCharacters(draft.name)}
          onUse={(from, to) => onChange({ name: draft.name.replaceAll(from, to) })}
        />
      </div>
      <div className="desk-pair">
        <Choice id="idType" value={draft.idType} options={idTypes} onPick={(idType) => onChange({ idType })} />
        <Text name="ids" {...{ draft, onChange, errors }} />
      </div>
      <div className="desk-pair">
        <Text name="formerNames" {...{ draft, onChange, errors }} hint={t('newDebtor.severalHint')} />
        <Text name="aliases" {...{ draft, onChange, errors }} hint={t('newDebtor.severalHint')} />
      </div>
      <Button type="primary" htmlType="submit" loading={isSending}>
        {t('newDebtor.submit')}
      </Button>{' '}
      <Button onClick={onCancel}>{t('cancel')}</Button>
    </form>
  );
}

interface ChoiceProps<Value extends string> {
  readonly id: 'kind' | 'role' | 'idType';
  readonly value: Value;
  readonly options: readonly Value[];
  readonly onPick: (value: Value) => void;
}

function Choice<Value extends string>({ id, value, options, onPick }: ChoiceProps<Value>): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Field id={id} label={t(`newDebtor.field.${id}`)} errors={[]}>
      <Select<Value>
        id={id}
        value={value}
        style={{ width: '100%' }}
        options={options.map((each) => ({ value: each, label: t([id, each].join('.')) }))}
        onChange={onPick}
      />
    </Field>
  );
}

interface TextProps extends Pick<NewDebtorViewProps, 'draft' | 'onChange' | 'errors'> {
  readonly name: 'name' | 'ids' | 'formerNames' | 'aliases';
  readonly hint?: string;
}

function Text({ name, hint, draft, onChange, errors }: TextProps): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Field id={name} label={t(`newDebtor.field.${name}`)} hint={hint} errors={errors}>
      <Input
        {...fieldProps(name, errors)}
        value={draft[name]}
        autoComplete="off"
        onChange={({ target }) => onChange({ [name]: target.value })}
      />
    </Field>
  );
}
