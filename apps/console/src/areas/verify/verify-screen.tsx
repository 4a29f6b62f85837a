import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { verifyVerify } from '../../api/generated/sdk.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import type { Seal } from './seal-text.ts';
import { VerifyView } from './verify-view.tsx';

/** Whether what somebody holds in the hand is a report of ours, and the newest one. */
export function VerifyScreen(): ReactElement {
  const { t } = useTranslation('verify');
  const check = useMutation({
    mutationFn: async ({ reportId, reportVersion, proof }: Seal) =>
      (await verifyVerify({ body: { reportId, reportVersion, ...proof }, throwOnError: true })).data,
  });
  return (
    <Screen title={t('title')}>
      <VerifyView
        asked={check.variables ?? null}
        result={check.data ?? null}
        busy={check.isPending}
        error={check.error}
        onCheck={check.mutate}
      />
    </Screen>
  );
}
