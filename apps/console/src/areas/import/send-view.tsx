import { Button, Checkbox, Input, Progress, Radio } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSendingInput } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { DocumentFields, type Upload } from '../ask/document-fields.tsx';
import { type DocumentDraft, legalOf } from '../ask/draft.ts';
import type { SendProgress } from './send-rows.ts';

/** The people of a list are 被执行人: what is asked of others is asked from their case. */
const purposes = ['execution', 'post-termination-requery', 'resumption'] as const;

export interface SendDraft {
  readonly document: DocumentDraft;
  readonly purpose: Extract<ImportSendingInput['purpose'], (typeof purposes)[number]>;
  readonly reason: string;
}

export interface SendViewProps {
  readonly ready: number;
  readonly draft: SendDraft;
  readonly onDraft: (change: Partial<SendDraft>) => void;
  readonly upload: Upload;
  readonly progress: SendProgress | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSend: (confirmed: number) => void;
  readonly onStop: () => void;
}

export function SendView(props: SendViewProps): ReactElement {
  const { ready, draft, onDraft, upload, progress, busy, error, onStop } = props;
  const { t } = useTranslation(['import', 'ask']);
  const id = useId();
  return (
    <section className="panel" aria-label={t('import:send.title')}>
      <h2>{t('import:send.title')}</h2>
      {ready > 0 && !busy && (
        <>
          <DocumentFields document={draft.document} onChange={(document) => onDraft({ document })} upload={upload} />
          <Radio.Group
            aria-label={t('ask:purpose')}
            value={draft.purpose}
            options={purposes.map((value) => ({ value, label: t(`ask:purposes.${value}`) }))}
            onChange={({ target }) =>
              onDraft({ purpose: purposes.find((each) => each === target.value) ?? draft.purpose })
            }
          />
          <p>
            <label htmlFor={id}>{t('ask:reason')}</label>
            <Input
              id={id}
              value={draft.reason}
              maxLength={500}
              onChange={({ target }) => onDraft({ reason: target.value })}
            />
          </p>
          <Confirm key={ready} {...props} />
        </>
      )}
      {ready === 0 && progress === null && <p>{t('import:send.none')}</p>}
      {error !== null && !busy && <FailureNotice error={error} />}
      {progress !== null && <Sent progress={progress} busy={busy} isCut={error !== null && !busy} />}
      {busy && <Button onClick={onStop}>{t('import:send.stop')}</Button>}
    </section>
  );
}

/** The number is confirmed by hand; another number of rows has to be confirmed anew. */
function Confirm({ ready, draft, onSend }: SendViewProps): ReactElement {
  const { t } = useTranslation('import');
  const [isConfirmed, setConfirmed] = useState(false);
  return (
    <p className="import-confirm">
      <Checkbox checked={isConfirmed} onChange={({ target }) => setConfirmed(target.checked)}>
        {t('send.confirm', { count: ready })}
      </Checkbox>
      <Button
        type="primary"
        size="large"
        disabled={!isConfirmed || legalOf(draft) === null}
        onClick={() => onSend(ready)}
      >
        {t('send.send', { count: ready })}
      </Button>
    </p>
  );
}

interface SentProps {
  readonly progress: SendProgress;
  readonly busy: boolean;
  /** The last step has not said what it did: only the list knows how many are left. */
  readonly isCut: boolean;
}

function Sent({ progress, busy, isCut }: SentProps): ReactElement {
  const { t } = useTranslation('import');
  const { confirmed, sent, refused } = progress;
  const left = confirmed - sent - refused;
  return (
    <div role="status" data-sent={sent}>
      <Progress
        percent={Math.round(((sent + refused) / confirmed) * 100)}
        showInfo={false}
        aria-label={t('send.title')}
      />
      <p>
        {t(isCut ? 'send.cut' : 'send.progress', { confirmed, sent, refused })}
        {left > 0 && !busy && !isCut && ` ${t('send.left', { count: left })}`}
      </p>
    </div>
  );
}
