import { Button, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { whenOf } from '../../shared/time.ts';
import { nameOfAsset, worthOfAsset } from './asset-words.ts';
import type { Asset, ShownReport } from './shown-report.ts';

type Columns = NonNullable<TableProps<Asset>['columns']>;

/** Columns of every kind of asset: the thing, its figures, what stands on it, how it was matched, when and from whom. */
export function useAssetColumns(report: ShownReport, onSource: (asset: Asset) => void): Columns {
  const { t } = useTranslation('report');
  const agencies = new Map(report.coverage.lines.map(({ agencyId, agencyName }) => [agencyId, agencyName]));
  const given = (value: string | null) => value ?? t('notProvided');
  return [
    {
      title: t('column.thing'),
      width: 240,
      render: (_, asset) => {
        const [name, more] = nameOfAsset(asset);
        return (
          <>
            <span className="identifier">{name}</span>
            <br />
            <span className="when">{more}</span>
          </>
        );
      },
    },
    { title: t('column.first'), width: 150, align: 'right', render: (_, asset) => given(worthOfAsset(asset).first) },
    { title: t('column.second'), width: 150, align: 'right', render: (_, asset) => given(worthOfAsset(asset).second) },
    { title: t('column.encumbrances'), width: 260, render: (_, asset) => <Encumbrances asset={asset} /> },
    { title: t('column.match'), width: 100, render: (_, { match }) => t(`confidence.${match.confidence}`) },
    {
      title: t('column.asOf'),
      width: 170,
      render: (_, { provenance }) => (provenance.asOf === null ? t('notStated') : whenOf(provenance.asOf)),
    },
    {
      title: t('column.agency'),
      render: (_, asset) => (
        <Button type="link" size="small" className="source" onClick={() => onSource(asset)}>
          {agencies.get(asset.provenance.agencyId) ?? asset.provenance.agencyId}
        </Button>
      ),
    },
  ];
}

/** Unknown and none are two different things. */
function Encumbrances({ asset }: { readonly asset: Asset }) {
  const { t } = useTranslation('report');
  if (asset.encumbrances === null) return t('notProvided');
  if (asset.encumbrances.length === 0) return t('encumbrance.none');
  return (
    <ul className="encumbrances">
      {asset.encumbrances.map((each, at) => (
        <li key={at}>
          {t(`encumbrance.${each.kind}`)}
          {each.rank !== null && each.rank > 0 && ` ${t('encumbrance.rank', { rank: each.rank })}`}
          {each.authority !== null && ` · ${each.authority}`}
          {each.endsOn !== null && ` · ${t('encumbrance.until', { date: each.endsOn })}`}
        </li>
      ))}
    </ul>
  );
}
