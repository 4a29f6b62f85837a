import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { verifyVerify } from '../../api/generated/sdk.gen.ts';
import type { VerifyRequestInput } from '../../api/generated/types.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { lookInto } from './look-into.ts';
import { type Outcome, VerifyView } from './verify-view.tsx';

type Question = { readonly file: File } | { readonly asked: VerifyRequestInput };

const answerTo = async (body: VerifyRequestInput) => (await verifyVerify({ body, throwOnError: true })).data;

async function outcomeOf(question: Question): Promise<Outcome> {
  if ('asked' in question)
    return { looked: null, version: question.asked.reportVersion, answer: await answerTo(question.asked) };
  const looked = await lookInto(question.file);
  if (looked.kind !== 'fits') return { looked, version: 0, answer: null };
  const { reportId, reportVersion, contentHash } = looked.claim;
  return { looked, version: reportVersion, answer: await answerTo({ reportId, reportVersion, contentHash }) };
}

/** Of a file only its number, version and hash are asked about; the file itself stays in the browser. */
export function VerifyScreen(): ReactElement {
  const { t } = useTranslation('verify');
  const check = useMutation({ mutationFn: outcomeOf });
  return (
    <Screen title={t('title')}>
      <VerifyView
        busy={check.isPending}
        error={check.error}
        outcome={check.data ?? null}
        onAsk={(asked) => check.mutate({ asked })}
        onFile={(file) => check.mutate({ file })}
      />
    </Screen>
  );
}
