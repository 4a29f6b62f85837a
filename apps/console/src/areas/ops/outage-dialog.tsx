import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentsRequery } from '../../api/generated/sdk.gen.ts';
import type { Incident, NewOutageRequeryInput } from '../../api/generated/types.gen.ts';
import { newKey, useIntent } from '../../shared/api/intent.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { OutageView } from './outage-view.tsx';

interface OutageDialogProps {
  readonly incident: Pick<Incident, 'agencyId' | 'nameZh' | 'nameEn' | 'since'>;
  readonly onClose: () => void;
}

/** What an outage left unanswered is counted first, then asked again: only lines without an answer, within a budget. */
export function OutageDialog({ incident, onClose }: OutageDialogProps): ReactElement {
  const { t } = useTranslation('ops');
  const side = useSide();
  const { key } = useIntent();
  const [until] = useState(() => new Date().toISOString());
  const window = { agencyId: incident.agencyId, from: incident.since, until };
  const preview = useQuery({
    queryKey: ['outage', window],
    gcTime: 0,
    queryFn: () => requery({ ...window, reason: t('outage.counting'), dryRun: true }, newKey()),
  });
  const run = useMutation({
    mutationFn: (reason: string) => requery({ ...window, reason, dryRun: false }, key()),
  });
  return (
    <OutageView
      name={side({ zh: incident.nameZh, en: incident.nameEn })}
      window={window}
      preview={preview}
      run={{ busy: run.isPending, error: run.error, done: run.data ?? null, start: run.mutate }}
      onClose={onClose}
    />
  );
}

const requery = async (body: NewOutageRequeryInput, key: string) =>
  (await incidentsRequery({ body, headers: { 'Idempotency-Key': key }, throwOnError: true })).data;
