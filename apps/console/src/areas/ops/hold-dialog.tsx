import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { agenciesPause, agenciesResume, channelsPause, channelsResume } from '../../api/generated/sdk.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { ReasonDialog } from '../live/reason-dialog.tsx';

/** Holding back a channel or one agency, or letting it go on. */
export interface Hold {
  readonly of: 'channel' | 'agency';
  readonly id: string;
  readonly name: string;
  readonly kind: 'pause' | 'resume';
}

interface HoldDialogProps {
  readonly hold: Hold;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Nothing is sent while it is held; nothing is lost either. A pause needs a reason, which every operator can read. */
export function HoldDialog({ hold, onClose, onDone }: HoldDialogProps): ReactElement {
  const { t } = useTranslation('ops');
  const { key, renew } = useIntent();
  const act = useMutation({
    mutationFn: (reason: string) => holdNow(hold, reason, key()),
    onSettled: renew,
    onSuccess() {
      onDone();
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t(`hold.${hold.kind}Title`, { name: hold.name })}
      explanation={t(`hold.${hold.kind}Help`)}
      needsReason={hold.kind === 'pause'}
      busy={act.isPending}
      error={act.error}
      onCancel={onClose}
      onConfirm={act.mutate}
    />
  );
}

async function holdNow({ of, id, kind }: Hold, reason: string, key: string): Promise<unknown> {
  const headers = { 'Idempotency-Key': key };
  if (of === 'channel')
    return kind === 'resume'
      ? channelsResume({ path: { channelId: id }, throwOnError: true })
      : channelsPause({ path: { channelId: id }, body: { reason }, headers, throwOnError: true });
  return kind === 'resume'
    ? agenciesResume({ path: { agencyId: id }, throwOnError: true })
    : agenciesPause({ path: { agencyId: id }, body: { reason }, headers, throwOnError: true });
}
