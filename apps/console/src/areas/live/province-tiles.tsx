import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSide } from '../../shared/i18n/use-side.ts';
import type { LineNow } from './line-now.ts';
import { type Tally, tallyOf } from './progress-state.ts';
import { type Province, provinces } from './provinces.ts';
import './live.css';

export interface ProvinceTilesProps {
  readonly lines: readonly LineNow[];
  /** Code of the province whose lines are looked at; null: all. */
  readonly chosen: string | null;
  readonly onChoose: (code: string | null) => void;
}

/** Answered share from below, hatched unanswered share from above; a dashed frame where nobody is asked. */
export function ProvinceTiles({ lines, chosen, onChoose }: ProvinceTilesProps): ReactElement {
  const { t } = useTranslation('live');
  const byProvince = Map.groupBy(lines, ({ line }) => line.region?.slice(0, 2) ?? '');
  return (
    <div className="tiles" role="group" aria-label={t('tiles.label')}>
      {provinces.map((province) => (
        <Tile
          key={province.code}
          province={province}
          tally={tallyOf(byProvince.get(province.code) ?? [])}
          pressed={chosen === province.code}
          onPress={() => onChoose(chosen === province.code ? null : province.code)}
        />
      ))}
    </div>
  );
}

interface TileProps {
  readonly province: Province;
  readonly tally: Tally;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function Tile({ province, tally, pressed, onPress }: TileProps): ReactElement {
  const { t } = useTranslation('live');
  const side = useSide();
  const { asked, noAnswer } = tally;
  const share = asked === 0 ? 0 : noAnswer / asked;
  const words =
    asked === 0
      ? t('tiles.none', { province: side(province) })
      : t('tiles.tile', { province: side(province), answered: asked - noAnswer, asked, unanswered: noAnswer });
  return (
    <button
      type="button"
      className={asked === 0 ? 'tile tile-none' : 'tile'}
      style={{ gridColumn: province.column + 1, gridRow: province.row + 1 }}
      aria-label={words}
      aria-pressed={pressed}
      title={words}
      onClick={onPress}
    >
      {asked > 0 && (
        <>
          <span className="tile-answered" style={{ height: `${(1 - share) * 100}%` }} />
          <span className="tile-unanswered" style={{ height: `${share * 100}%` }} />
        </>
      )}
      <span className="tile-label">{province.letter}</span>
    </button>
  );
}
