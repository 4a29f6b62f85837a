import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { approvalsReadOptions, approvalsReadQueryKey } from '../../api/generated/@tanstack/react-query.gen.ts';
import { approvalstepsDecide } from '../../api/generated/sdk.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { useMe } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ApprovalView, type Decision } from './approval-view.tsx';

/** S11: one approval on one page, decided by somebody who did not ask for it. */
export function ApprovalScreen(): ReactElement {
  const { t } = useTranslation('approvals');
  const { approvalId = '' } = useParams();
  const me = useMe();
  const client = useQueryClient();
  const { key, renew } = useIntent();
  const approval = useQuery(approvalsReadOptions({ path: { approvalId } }));
  const decide = useMutation({
    mutationFn: (body: Decision) =>
      approvalstepsDecide({ path: { approvalId }, headers: { 'Idempotency-Key': key() }, body, throwOnError: true }),
    onSettled: async () => {
      renew();
      await client.invalidateQueries({ queryKey: approvalsReadQueryKey({ path: { approvalId } }) });
    },
  });
  return (
    <Screen title={t('one')}>
      <QueryState query={approval} rows={6}>
        {(data) => (
          <ApprovalView
            approval={data}
            own={data.askedBy === me.data?.userId}
            mayDecide={me.data?.scopes.includes('approvals:decide') ?? false}
            deciding={{ busy: decide.isPending, error: decide.error, start: decide.mutate }}
          />
        )}
      </QueryState>
    </Screen>
  );
}
