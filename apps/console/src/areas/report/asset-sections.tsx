import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../shared/table/data-table.tsx';
import { useAssetColumns } from './asset-columns.tsx';
import { type Asset, assetsByStanding, type ShownReport } from './shown-report.ts';

interface AssetSectionsProps {
  readonly report: ShownReport;
  readonly onSource: (asset: Asset) => void;
}

const kinds = ['deposit-account', 'real-estate', 'vehicle'] as const;

/** One table per kind; what is only connected by name stands in a table of its own. */
export function AssetSections({ report, onSource }: AssetSectionsProps): ReactElement {
  const { t } = useTranslation('report');
  const columns = useAssetColumns(report, onSource);
  const { counted, inReview } = assetsByStanding(report.assets);
  const { answered, asked } = report.coverage.counts;
  return (
    <section aria-label={t('assets.title')}>
      <h2>{t('assets.title')}</h2>
      {counted.length === 0 && <p>{t('assets.none', { answered, asked })}</p>}
      {kinds.map((kind) => {
        const rows = counted.filter((asset) => asset.kind === kind);
        return (
          rows.length > 0 && (
            <DataTable<Asset>
              key={kind}
              caption={t(`kind.${kind}`)}
              rows={rows}
              rowKey={({ assetId }) => assetId}
              emptyReason={t('assets.none', { answered, asked })}
              minWidth={1_080}
              columns={columns}
            />
          )
        );
      })}
      {inReview.length > 0 && (
        <DataTable<Asset>
          caption={t('assets.inReview')}
          rows={inReview}
          rowKey={({ assetId }) => assetId}
          emptyReason={t('assets.none', { answered, asked })}
          minWidth={1_080}
          columns={columns}
        />
      )}
    </section>
  );
}
