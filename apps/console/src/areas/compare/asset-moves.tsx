import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { assetTransitionWords } from '#inquiry';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { whenOf } from '../../shared/time.ts';
import { nameOfAsset, worthOfAsset } from '../report/asset-words.ts';
import { type AssetMove, type AssetRow, assetRows, type Compared } from './compared.ts';
import { TransitionSign } from './transition-sign.tsx';

interface AssetMovesProps {
  readonly compared: Compared;
  readonly moves: readonly AssetMove[];
  readonly name: 'alert' | 'established' | 'widened' | 'undecided' | 'reviewed';
}

/** Assets that came, went, or cannot be told about, with what was last known of them and when. */
export function AssetMoves({ compared, moves, name }: AssetMovesProps): ReactElement | null {
  const { t } = useTranslation('compare');
  const side = useSide();
  const rows = assetRows(compared).filter(({ transition }) => moves.includes(transition));
  if (rows.length === 0) return null;
  return (
    <div data-assets={name} className={name === 'undecided' ? 'compare-hatched' : ''}>
      <DataTable<AssetRow>
        caption={t(`assets.${name}`)}
        rows={rows}
        rowKey={({ key }) => key}
        emptyReason={t('lines.noneOfGroup')}
        minWidth={900}
        columns={[
          {
            title: t('column.transition'),
            width: 260,
            render: (_, row) => (
              <span data-asset-transition={row.transition}>
                <TransitionSign transition={row.transition} /> {side(assetTransitionWords[row.transition])}
                <Marks row={row} />
              </span>
            ),
          },
          { title: t('column.asset'), width: 220, render: (_, { asset }) => <AssetName asset={asset} /> },
          { title: t('column.agency'), width: 200, render: (_, { agencyName }) => agencyName },
          { title: t('column.worth'), align: 'right', render: (_, { asset }) => worth(asset) ?? t('notProvided') },
          {
            title: t('column.lastSeen'),
            width: 170,
            render: (_, { asset, lastSeenAt }) => seenAt(asset, lastSeenAt) ?? t('notStated'),
          },
        ]}
      />
    </div>
  );
}

const worth = (asset: AssetRow['asset']): string | null => (asset === null ? null : worthOfAsset(asset).first);

function seenAt(asset: AssetRow['asset'], lastSeenAt: string | null): string | null {
  const at = lastSeenAt ?? asset?.provenance.asOf ?? null;
  return at === null ? null : whenOf(at);
}

export function AssetName({ asset }: { readonly asset: AssetRow['asset'] }): ReactElement {
  const { t } = useTranslation('compare');
  if (asset === null) return <>{t('assetUnknown')}</>;
  const [name, more] = nameOfAsset(asset);
  return (
    <>
      <span className="identifier">{name}</span> <span className="when">{more}</span>
    </>
  );
}

function Marks({ row: { possiblyRenumbered, olderThanAnswer } }: { readonly row: AssetRow }): ReactElement {
  const { t } = useTranslation('compare');
  return (
    <>
      {possiblyRenumbered && <span className="compare-mark">{t('possiblyRenumbered')}</span>}
      {olderThanAnswer && <span className="compare-mark">{t('olderThanAnswer')}</span>}
    </>
  );
}
