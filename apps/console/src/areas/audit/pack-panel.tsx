import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { auditpacksCreate } from '../../api/generated/sdk.gen.ts';
import type { NewAuditPackInput } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { PackView } from './pack-view.tsx';

/** 证据包: a part of the ledger with everything that proves it, to be checked elsewhere. */
export function PackPanel(): ReactElement {
  const { key, renew } = useIntent();
  const make = useMutation({
    mutationFn: async (body: NewAuditPackInput) =>
      (await auditpacksCreate({ body, headers: { 'Idempotency-Key': key() }, throwOnError: true })).data,
    onSettled: renew,
  });
  return <PackView pack={make.data ?? null} busy={make.isPending} error={make.error} onMake={make.mutate} />;
}
