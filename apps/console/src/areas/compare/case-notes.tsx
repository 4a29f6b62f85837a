import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { notesListOptions, notesListQueryKey } from '../../api/generated/@tanstack/react-query.gen.ts';
import { notesWrite } from '../../api/generated/sdk.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { CaseNotesView } from './case-notes-view.tsx';

interface CaseNotesProps {
  readonly caseId: string;
  readonly mayWrite: boolean;
}

/** Notes about the case: written once, never changed. */
export function CaseNotes({ caseId, mayWrite }: CaseNotesProps): ReactElement {
  const client = useQueryClient();
  const path = { caseId };
  const notes = useQuery(notesListOptions({ path }));
  const { key, renew } = useIntent();
  const write = useMutation({
    mutationFn: (text: string) =>
      notesWrite({ path, body: { text }, headers: { 'Idempotency-Key': key() }, throwOnError: true }),
    onSuccess: async () => {
      renew();
      await client.invalidateQueries({ queryKey: notesListQueryKey({ path }) });
    },
  });
  return (
    <CaseNotesView
      notes={notes}
      mayWrite={mayWrite}
      busy={write.isPending}
      error={write.error}
      onWrite={(text, done) => write.mutate(text, { onSuccess: done })}
    />
  );
}
