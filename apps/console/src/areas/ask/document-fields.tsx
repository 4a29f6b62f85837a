import { Input } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import type { DocumentDraft } from './draft.ts';

export interface Upload {
  readonly busy: boolean;
  readonly error: unknown;
  readonly start: (file: File) => void;
}

interface DocumentFieldsProps {
  readonly document: DocumentDraft;
  readonly onChange: (document: DocumentDraft) => void;
  readonly upload: Upload;
}

/** The notice that every agency is shown: its name, its number, and the scan of it. */
export function DocumentFields({ document, onChange, upload }: DocumentFieldsProps): ReactElement {
  const { t } = useTranslation('ask');
  const [nameId, numberId, fileId] = [useId(), useId(), useId()];
  return (
    <fieldset className="panel ask-document">
      <legend>{t('document.title')}</legend>
      <div>
        <label htmlFor={nameId}>{t('document.name')}</label>
        <Input
          id={nameId}
          value={document.documentName}
          onChange={({ target }) => onChange({ ...document, documentName: target.value })}
        />
      </div>
      <div>
        <label htmlFor={numberId}>{t('document.number')}</label>
        <Input
          id={numberId}
          value={document.documentNumber}
          onChange={({ target }) => onChange({ ...document, documentNumber: target.value })}
        />
      </div>
      <div>
        <label htmlFor={fileId}>{t('document.file')}</label>
        <input
          id={fileId}
          type="file"
          accept=".pdf,.ofd,.jpg,.jpeg,.png"
          disabled={upload.busy}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) upload.start(file);
          }}
        />
        <p className="when" role="status">
          {upload.busy
            ? t('document.busy')
            : document.fileName === null
              ? t('document.none')
              : t('document.chosen', { name: document.fileName })}
        </p>
        {upload.error !== null && <FailureNotice error={upload.error} />}
      </div>
    </fieldset>
  );
}
