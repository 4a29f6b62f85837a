import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyRequestInput, VersionVerification } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { DropFile } from './drop-file.tsx';
import type { Looked } from './look-into.ts';
import { VerdictNotice } from './verdict-notice.tsx';
import { VerifyForm } from './verify-form.tsx';
import './verify.css';

/** What came out of the last question. `looked` is null where nothing but a mark was typed. */
export interface Outcome {
  readonly looked: Looked | null;
  readonly version: number;
  /** Null: the gateway was not asked, because the file itself says enough. */
  readonly answer: VersionVerification | null;
}

interface VerifyViewProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly outcome: Outcome | null;
  readonly onAsk: (asked: VerifyRequestInput) => void;
  readonly onFile: (file: File) => void;
}

/** 核验: is this a document of ours, of which version, and is there a later one? */
export function VerifyView({ busy, error, outcome, onAsk, onFile }: VerifyViewProps): ReactElement {
  const { t } = useTranslation('verify');
  return (
    <>
      <p>{t('lead')}</p>
      <div className="verify-outcome" aria-live="polite">
        {busy && <p role="status">{t('checking')}</p>}
        {!busy && error !== null && <FailureNotice error={error} />}
        {!busy && error === null && outcome !== null && <OutcomeNotice outcome={outcome} />}
      </div>
      <div className="verify-ways">
        <DropFile onFile={onFile} />
        <VerifyForm busy={busy} onAsk={onAsk} />
      </div>
    </>
  );
}

function OutcomeNotice({ outcome: { looked, version, answer } }: { readonly outcome: Outcome }): ReactElement | null {
  if (answer === null) return looked === null ? null : <LookedNotice looked={looked} />;
  const by = looked?.kind !== 'fits' ? 'mark' : looked.claim.isWhole ? 'content' : 'masked';
  return <VerdictNotice version={version} answer={answer} by={by} />;
}

/** Where the file ended the matter before the gateway was asked. */
function LookedNotice({ looked }: { readonly looked: Looked }): ReactElement {
  const { t } = useTranslation('verify');
  const hash = looked.kind === 'paper' || looked.kind === 'not-ours' ? looked.hash : null;
  return (
    <Alert
      type={looked.kind === 'changed' ? 'error' : 'warning'}
      showIcon
      role="alert"
      data-looked={looked.kind}
      title={t(`looked.${looked.kind}.title`)}
      description={
        <>
          <p>{t(`looked.${looked.kind}.help`)}</p>
          {hash !== null && <p className="identifier">{t('bytesHash', { hash })}</p>}
        </>
      }
    />
  );
}
