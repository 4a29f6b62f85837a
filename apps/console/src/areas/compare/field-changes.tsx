import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { changeWords } from '#inquiry';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { Link } from 'react-router';
import { AssetName } from './asset-moves.tsx';
import { type Compared, type FieldRow, fieldRows } from './compared.ts';
import { differenceWords, fieldOf, isKnownField, valueWords } from './value-words.ts';

/** Assets in both versions: what changed, before and after; what stayed as it was is counted. */
export function FieldChanges({ compared }: { readonly compared: Compared }): ReactElement | null {
  const { t } = useTranslation('compare');
  const rows = fieldRows(compared);
  const unchanged = compared.changes.counts.assets.unchanged ?? 0;
  if (rows.length === 0 && unchanged === 0) return null;
  return (
    <div data-assets="compared">
      {rows.length > 0 && <Changed rows={rows} />}
      {unchanged > 0 && (
        <div className="panel">
          <p>{t('assets.unchanged', { count: unchanged })}</p>
          <p>
            <Link to={`/reports/${compared.newer.reportId}`}>{t('assets.openNewer')}</Link>
          </p>
        </div>
      )}
    </div>
  );
}

function Changed({ rows }: { readonly rows: readonly FieldRow[] }): ReactElement {
  const { t } = useTranslation('compare');
  const side = useSide();
  const field = (path: string) => (isKnownField(fieldOf(path)) ? t(`field.${fieldOf(path)}`) : t('field.other'));
  return (
    <DataTable<FieldRow>
      caption={t('assets.changed')}
      rows={rows}
      rowKey={({ key }) => key}
      emptyReason={t('lines.noneOfGroup')}
      minWidth={980}
      columns={[
        { title: t('column.asset'), width: 220, render: (_, { asset }) => <AssetName asset={asset} /> },
        { title: t('column.agency'), width: 180, render: (_, { agencyName }) => agencyName },
        {
          title: t('column.change'),
          width: 240,
          render: (_, { change }) => (
            <span data-change={change.code}>{`${field(change.path)} · ${side(changeWords[change.code])}`}</span>
          ),
        },
        { title: t('column.before'), align: 'right', render: (_, { change }) => <Value value={change.before} /> },
        { title: t('column.after'), align: 'right', render: (_, { change }) => <Value value={change.after} /> },
        {
          title: t('column.difference'),
          align: 'right',
          render: (_, { change }) => differenceWords(change) ?? t('noDifference'),
        },
      ]}
    />
  );
}

/** Missing is not zero: it is said that the agency did not provide it. */
function Value({ value }: { readonly value: FieldRow['change']['before'] }): ReactElement {
  const { t } = useTranslation('compare');
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>;
  const words = valueWords(value);
  if (words === null) return <span data-value="unknown">{t('notProvided')}</span>;
  return <>{words ?? t('seeReport')}</>;
}
