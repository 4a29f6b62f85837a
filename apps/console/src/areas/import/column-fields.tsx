import { Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import, ImportChangeInput } from '../../api/generated/types.gen.ts';

type Mapping = ImportChangeInput['mapping'];

const fields = [
  'caseNumber',
  'name',
  'idNumber',
  'idType',
  'kind',
  'documentName',
  'documentNumber',
  'confirmed',
] as const;
type Field = (typeof fields)[number];

interface ColumnFieldsProps {
  readonly view: Pick<Import, 'headers' | 'mapping' | 'missingFields'>;
  readonly busy: boolean;
  readonly onChange: (mapping: Mapping) => void;
}

/** Which column holds what: guessed from the headers, and open to change. */
export function ColumnFields({ view, busy, onChange }: ColumnFieldsProps): ReactElement {
  const { t } = useTranslation('import');
  const { headers, mapping, missingFields } = view;
  const set = (field: Field, column: number | undefined) => {
    const rest = Object.entries(mapping).filter(([each, at]) => each !== field && at !== column);
    onChange(Object.fromEntries(column === undefined ? rest : [...rest, [field, column]]));
  };
  return (
    <details className="panel" open={missingFields.length > 0}>
      <summary>{t('columns.title')}</summary>
      {missingFields.length > 0 && (
        <p role="alert">
          {t('columns.missing', { fields: missingFields.map((each) => t(`column.${each}`)).join('、') })}
        </p>
      )}
      <div className="import-columns">
        {fields.map((field) => (
          <Column
            key={field}
            field={field}
            headers={headers}
            column={mapping[field]}
            busy={busy}
            onColumn={(column) => set(field, column)}
          />
        ))}
      </div>
    </details>
  );
}

interface ColumnProps {
  readonly field: Field;
  readonly headers: readonly string[];
  readonly column: number | undefined;
  readonly busy: boolean;
  readonly onColumn: (column: number | undefined) => void;
}

function Column({ field, headers, column, busy, onColumn }: ColumnProps): ReactElement {
  const { t } = useTranslation('import');
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{t(`column.${field}`)}</label>
      <Select<number>
        id={id}
        allowClear
        disabled={busy}
        value={column ?? null}
        placeholder={t('columns.none')}
        options={headers.map((header, at) => ({
          value: at,
          label: header === '' ? t('columns.unnamed', { at: at + 1 }) : header,
        }))}
        onChange={(value) => onColumn(value)}
        onClear={() => onColumn(undefined)}
      />
    </div>
  );
}
