import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { auditpacksContent, auditpacksCreate } from '../../api/generated/sdk.gen.ts';
import type { AuditPack, NewAuditPackInput } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { failureOf } from '../../shared/api/problem.ts';
import { saveAs, sha256Of } from '../../shared/file-bytes.ts';
import { type PackRange, rangeOf } from './pack-range.ts';
import { PackView } from './pack-view.tsx';

const whole: PackRange = { from: 1, to: null };

function wantedOf(search: URLSearchParams): PackRange {
  const [from = '', to = ''] = (search.get('pack') ?? '').split('-');
  const range = rangeOf(from, to);
  return 'wrong' in range ? whole : range;
}

/** Makes a pack, fetches it, and tells the hash of the bytes that arrived. */
export function Pack(): ReactElement {
  const [search] = useSearchParams();
  const { key, renew } = useIntent();
  const fetching = useMutation({
    mutationFn: async ({ packId, from, to }: AuditPack) => {
      const { data } = await auditpacksContent({ path: { packId }, parseAs: 'blob', throwOnError: true });
      if (!(data instanceof Blob)) throw new TypeError('no file came');
      const hash = await sha256Of(await data.arrayBuffer());
      saveAs(data, `audit-${from}-${to}.zip`);
      return { hash };
    },
  });
  const making = useMutation({
    mutationFn: async (body: NewAuditPackInput) =>
      (await auditpacksCreate({ body, headers: { 'Idempotency-Key': key() }, throwOnError: true })).data,
    onMutate: () => fetching.reset(),
    onSuccess: renew,
    onError: (error) => failureOf(error).kind === 'problem' && renew(), // a dead connection keeps its intent
  });
  const pack = making.data ?? null;
  return (
    <PackView
      wanted={wantedOf(search)}
      making={{ busy: making.isPending, error: making.error, start: making.mutate }}
      pack={pack}
      fetching={{
        busy: fetching.isPending,
        error: fetching.error,
        start: () => pack !== null && fetching.mutate(pack),
        hash: fetching.data?.hash,
      }}
    />
  );
}
