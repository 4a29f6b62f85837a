import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import './import.css';

interface StartViewProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onBring: (file: File) => void;
}

/** A file, or what was copied from a spreadsheet; both go the same way. */
export function StartView({ busy, error, onBring }: StartViewProps): ReactElement {
  const { t } = useTranslation('import');
  const [pasted, setPasted] = useState('');
  const [fileId, pasteId] = [useId(), useId()];
  return (
    <>
      {error !== null && !busy && <FailureNotice error={error} />}
      <section className="panel" aria-busy={busy}>
        <h2>
          <label htmlFor={fileId}>{t('start.file')}</label>
        </h2>
        <input
          id={fileId}
          type="file"
          accept=".xlsx,.csv,.txt,.tsv"
          disabled={busy}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) onBring(file);
            target.value = ''; // the same file may be chosen again once it is mended
          }}
        />
        <p className="when">{t('start.limits')}</p>
        <p>
          {t('start.template')}{' '}
          <a className="import-file" href="/api/v1/import-template?format=xlsx" download>
            {t('start.xlsx')}
          </a>{' '}
          <a className="import-file" href="/api/v1/import-template?format=csv" download>
            {t('start.csv')}
          </a>
        </p>
      </section>
      <section className="panel">
        <h2>
          <label htmlFor={pasteId}>{t('start.paste')}</label>
        </h2>
        <Input.TextArea
          id={pasteId}
          rows={6}
          value={pasted}
          autoComplete="off"
          onChange={({ target }) => setPasted(target.value)}
        />
        <Button
          className="import-paste"
          loading={busy}
          disabled={pasted.trim() === ''}
          onClick={() => onBring(new File([pasted], 'pasted.tsv', { type: 'text/plain' }))}
        >
          {t('start.read')}
        </Button>
      </section>
      <Examples />
    </>
  );
}

const examples = ['good', 'shortNumber', 'excelNumber', 'noCase'] as const;

/** How a row looks that can be sent, and rows that cannot. Invented people. */
function Examples(): ReactElement {
  const { t } = useTranslation('import');
  return (
    <section className="panel" aria-label={t('examples.title')}>
      <h2>{t('examples.title')}</h2>
      <table className="import-examples">
        <thead>
          <tr>
            <th scope="col">{t('column.caseNumber')}</th>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.idNumber')}</th>
            <th scope="col">{t('column.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {examples.map((example) => (
            <tr key={example}>
              <td>{t(`examples.${example}.caseNumber`)}</td>
              <td>{t(`examples.${example}.name`)}</td>
              <td className="identifier">{t(`examples.${example}.idNumber`)}</td>
              <td>{t(`examples.${example}.verdict`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
