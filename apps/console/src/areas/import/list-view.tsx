import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import, ImportChangeInput } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { momentOf } from '../../shared/time.ts';
import { ColumnFields } from './column-fields.tsx';
import { RowsTable } from './rows-table.tsx';
import './import.css';

interface ListViewProps {
  readonly view: Import;
  readonly onAnother: () => void;
  readonly mapping: {
    readonly busy: boolean;
    readonly error: unknown;
    readonly onChange: (mapping: ImportChangeInput['mapping']) => void;
  };
  /** What sends the rows that are ready. */
  readonly children: ReactNode;
}

/** What was read, how its columns were understood, and what every row is worth. */
export function ListView({ view, onAnother, mapping, children }: ListViewProps): ReactElement {
  const { t } = useTranslation('import');
  const { counts, importId } = view;
  const bad = counts.fixable + counts.blocked;
  return (
    <>
      <section className="panel" aria-label={t('read.title')}>
        <p className="sentence" data-ready={counts.ready}>
          {t('read.sentence', counts)}
        </p>
        <p className="when">
          {t(`read.format.${view.format}`)} · {t(`read.encoding.${view.encoding ?? 'none'}`)} ·{' '}
          {t('read.until', { at: momentOf(view.expiresAt) })}
        </p>
        {view.templateOutdated && <p>{t('read.outdated')}</p>}
        <p>
          {bad > 0 && (
            <>
              {t('read.errors', { count: bad })}{' '}
              <a className="import-file" href={`/api/v1/imports/${importId}/errors?format=xlsx`} download>
                {t('start.xlsx')}
              </a>{' '}
              <a className="import-file" href={`/api/v1/imports/${importId}/errors?format=csv`} download>
                {t('start.csv')}
              </a>{' '}
            </>
          )}
          <Button size="small" onClick={onAnother}>
            {t('read.another')}
          </Button>
        </p>
      </section>
      <ColumnFields view={view} busy={mapping.busy} onChange={mapping.onChange} />
      {mapping.error !== null && !mapping.busy && <FailureNotice error={mapping.error} />}
      {children}
      <RowsTable rows={view.rows} />
    </>
  );
}
