import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { filesCreate } from '../../api/generated/sdk.gen.ts';
import type { Import } from '../../api/generated/types.gen.ts';
import { newKey } from '../../shared/api/intent.ts';
import type { DocumentDraft } from '../ask/draft.ts';
import { legalOf } from '../ask/draft.ts';
import { sendAll, type SendProgress } from './send-rows.ts';
import { type SendDraft, SendView } from './send-view.tsx';

interface SendPanelProps {
  readonly view: Import;
  /** After each step: the list is read again. */
  readonly onStep: () => void;
}

const noDocument: DocumentDraft = { documentName: '', documentNumber: '', fileId: null, fileName: null };

/** On which notice and for what the rows are sent; the number is confirmed before the first one goes. */
export function SendPanel({ view, onStep }: SendPanelProps): ReactElement {
  const [draft, setDraft] = useState<SendDraft>({ document: noDocument, purpose: 'execution', reason: '' });
  const [progress, setProgress] = useState<SendProgress | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const upload = useMutation({
    mutationFn: async (file: File) =>
      (await filesCreate({ body: { file }, headers: { 'Idempotency-Key': newKey() }, throwOnError: true })).data,
    onSuccess: ({ fileId, fileName }) =>
      setDraft((before) => ({ ...before, document: { ...before.document, fileId, fileName } })),
  });
  const sending = useMutation({
    mutationFn: async (confirmed: number) => {
      const legal = legalOf(draft);
      if (legal === null) throw new Error('the notice is not whole');
      stop.current = new AbortController();
      const reason = draft.reason.trim();
      return sendAll({
        ...{ importId: view.importId, confirmed, signal: stop.current.signal },
        body: {
          ...{ purpose: draft.purpose, legal, reason: reason === '' ? null : reason },
          scope: { categories: 'all', agencies: 'all-entitled' },
        },
        onStep(now) {
          setProgress(now);
          onStep();
        },
      });
    },
    onSettled: onStep,
  });
  return (
    <SendView
      ready={view.counts.ready}
      draft={draft}
      onDraft={(change) => setDraft((before) => ({ ...before, ...change }))}
      upload={{ busy: upload.isPending, error: upload.error, start: upload.mutate }}
      progress={progress}
      busy={sending.isPending}
      error={sending.error}
      onSend={sending.mutate}
      onStop={() => stop.current.abort()}
    />
  );
}
