import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { debtorsCreateMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { debtorFields, debtorOf, emptyDebtor } from './debtor-draft.ts';
import { fieldErrorsOf } from './form-errors.ts';
import type { FieldError } from './form-parts.tsx';
import { NewDebtorView } from './new-debtor-view.tsx';

/** Adding a debtor to a case. */
export function NewDebtor({ caseId, onDone }: { readonly caseId: string; readonly onDone: () => void }): ReactElement {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const { key, renew } = useIntent();
  const [draft, setDraft] = useState(emptyDebtor);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const create = useMutation({
    ...debtorsCreateMutation(),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onDone();
    },
    onError: (error) => setErrors(fieldErrorsOf(error, debtorFields)),
  });
  const submit = () => {
    const missing = (['name', 'ids'] as const).filter((field) => draft[field].trim() === '');
    setErrors(
      missing.map((field) => ({ field, text: t('newCase.fault.required', { field: t(`newDebtor.field.${field}`) }) })),
    );
    if (missing.length === 0)
      create.mutate({ path: { caseId }, body: debtorOf(draft), headers: { 'Idempotency-Key': key() } });
  };
  return (
    <NewDebtorView
      {...{ draft, errors }}
      failure={create.error !== null && errors.length === 0 ? create.error : null}
      isSending={create.isPending}
      onSubmit={submit}
      onCancel={onDone}
      onChange={(change) => {
        renew();
        setDraft((before) => ({ ...before, ...change }));
      }}
    />
  );
}
