import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { casesCreateMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { useMe } from '../../shared/api/use-me.ts';
import { fieldErrorsOf } from './form-errors.ts';
import type { FieldError } from './form-parts.tsx';
import { caseFields, caseOf, emptyCase, faultsOf } from './new-case-draft.ts';
import { NewCaseView } from './new-case-view.tsx';

/** Entering a case; from there on to its page, where a debtor is added. */
export function NewCase(): ReactElement {
  const { t } = useTranslation('desk');
  const { data: me } = useMe();
  const { key, renew } = useIntent();
  const [draft, setDraft] = useState(emptyCase);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const create = useCreate((error) => setErrors(fieldErrorsOf(error, caseFields)));
  const submit = () => {
    const faults = faultsOf(draft);
    setErrors(
      faults.map(({ field, code }) => ({
        field,
        text: t(`newCase.fault.${code}`, { field: t(`newCase.field.${field}`) }),
      })),
    );
    if (faults.length > 0 || me === undefined) return;
    create.mutate({ body: caseOf(draft, me), headers: { 'Idempotency-Key': key() } });
  };
  return (
    <NewCaseView
      draft={draft}
      court={me === undefined ? '' : `${me.courtName} (${me.courtCode})`}
      errors={errors}
      failure={create.error !== null && errors.length === 0 ? create.error : null}
      isSending={create.isPending}
      onSubmit={submit}
      onChange={(change) => {
        renew(); // another content is another intent
        setDraft((before) => ({ ...before, ...change }));
      }}
    />
  );
}

/** Enters the case, and goes to its page. */
function useCreate(onError: (error: unknown) => void) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    ...casesCreateMutation(),
    onSuccess: async ({ caseId }) => {
      await queries.invalidateQueries();
      await navigate(`/cases/${caseId}`);
    },
    onError,
  });
}
