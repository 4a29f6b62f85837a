import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsReset } from '../../api/generated/sdk.gen.ts';
import type { Agency } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { ReasonDialog } from '../live/reason-dialog.tsx';

interface ResetDialogProps {
  readonly agency: Pick<Agency, 'agencyId' | 'channelId' | 'nameZh' | 'nameEn'>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Closes the breaker by hand: the next asking is sent at once, and tells whether the agency is back. */
export function ResetDialog({ agency, onClose, onDone }: ResetDialogProps): ReactElement {
  const { t } = useTranslation('ops');
  const side = useSide();
  const { key, renew } = useIntent();
  const { agencyId, channelId, nameZh, nameEn } = agency;
  const reset = useMutation({
    mutationFn: (reason: string) =>
      channelsReset({
        path: { channelId: channelId ?? '' },
        body: { agencyId, reason },
        headers: { 'Idempotency-Key': key() },
        throwOnError: true,
      }),
    onSettled: renew,
    onSuccess() {
      onDone();
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('reset.title', { name: side({ zh: nameZh, en: nameEn }) })}
      explanation={t('reset.help')}
      needsReason
      busy={reset.isPending}
      error={reset.error}
      onCancel={onClose}
      onConfirm={reset.mutate}
    />
  );
}
