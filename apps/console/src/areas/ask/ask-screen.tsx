import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { casesReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { filesCreate, inquiriesPreview } from '../../api/generated/sdk.gen.ts';
import type { Case } from '../../api/generated/types.gen.ts';
import { newKey, useIntent } from '../../shared/api/intent.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { AskView } from './ask-view.tsx';
import { type Draft, documentOf, inquiryOf, previewOf } from './draft.ts';
import { send } from './send.ts';

/** S04: one sheet, one button. */
export function AskScreen(): ReactElement {
  const { t } = useTranslation('ask');
  const [search] = useSearchParams();
  const caseId = search.get('case');
  const found = useQuery({ ...casesReadOptions({ path: { caseId: caseId ?? '' } }), enabled: caseId !== null });
  if (caseId === null)
    return (
      <Screen title={t('title')}>
        <p>
          {t('chooseCase')} <Link to="/cases">{t('toCases')}</Link>
        </p>
      </Screen>
    );
  return (
    <Screen title={t('title')}>
      <QueryState query={found} rows={6}>
        {(of) => <AskAbout of={of} debtorId={search.get('debtor') ?? of.debtors[0]?.debtorId ?? null} />}
      </QueryState>
    </Screen>
  );
}

function AskAbout({ of, debtorId }: { readonly of: Case; readonly debtorId: string | null }): ReactElement {
  const { t } = useTranslation('ask');
  if (debtorId === null)
    return (
      <p>
        {t('noDebtor')} <Link to={`/cases/${of.caseId}`}>{t('toCase')}</Link>
      </p>
    );
  return <FirstLook of={of} debtorId={debtorId} />;
}

/** Asks once what the case has already, so that a complete case needs nothing typed. */
function FirstLook({ of, debtorId }: { readonly of: Case; readonly debtorId: string }): ReactElement {
  const bare: Draft = {
    ...{ caseId: of.caseId, debtorId, purpose: 'execution', categories: null, reason: '' },
    document: documentOf(null, of),
  };
  const first = useQuery({
    queryKey: ['preview', 'first', of.caseId, debtorId],
    queryFn: async ({ signal }) => (await inquiriesPreview({ body: previewOf(bare), signal, throwOnError: true })).data,
  });
  return (
    <QueryState query={first} rows={6}>
      {({ lastDocument }) => <Sheet of={of} start={{ ...bare, document: documentOf(lastDocument, of) }} />}
    </QueryState>
  );
}

function Sheet({ of, start }: { readonly of: Case; readonly start: Draft }): ReactElement {
  const [draft, setDraft] = useState(start);
  const [unknown, setUnknown] = useState(false);
  const { key, renew } = useIntent();
  const navigate = useNavigate();
  const asked = previewOf(draft);
  const preview = useQuery({
    queryKey: ['preview', asked],
    queryFn: async ({ signal }) => (await inquiriesPreview({ body: asked, signal, throwOnError: true })).data,
    placeholderData: (before) => before,
  });
  const sending = useMutation({
    mutationFn: async (needsApproval: boolean) => {
      const body = inquiryOf(draft);
      if (body === null) throw new Error('the draft is not whole');
      return send({ body, key: key(), needsApproval, onUnknown: () => setUnknown(true) });
    },
    onSettled: () => setUnknown(false),
    onError: () => renew(),
    onSuccess: (sent) => {
      if (sent.kind === 'inquiry') void navigate(`/inquiries/${sent.inquiryId}`);
    },
  });
  const upload = useMutation({
    mutationFn: async (file: File) =>
      (await filesCreate({ body: { file }, headers: { 'Idempotency-Key': newKey() }, throwOnError: true })).data,
    onSuccess: ({ fileId, fileName }) =>
      setDraft((before) => ({ ...before, document: { ...before.document, fileId, fileName } })),
  });
  return (
    <AskView
      of={of}
      draft={draft}
      onDraft={(change) => setDraft((before) => ({ ...before, ...change }))}
      preview={preview}
      upload={{ busy: upload.isPending, error: upload.error, start: upload.mutate }}
      sending={{
        busy: sending.isPending,
        unknown,
        error: sending.error,
        sent: sending.data ?? null,
        start: sending.mutate,
      }}
    />
  );
}
