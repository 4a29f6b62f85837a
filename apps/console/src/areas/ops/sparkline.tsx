import type { ReactElement } from 'react';
import { piecesOf } from './sparkline-path.ts';

interface SparklineProps {
  readonly label: string;
  /** One value per step of time; null: nothing is known of that step. */
  readonly points: readonly (number | null)[];
  /** The line in words. */
  readonly words: (low: number, high: number) => string;
  /** What stands here when nothing is known at all. */
  readonly none: string;
}

const [width, height] = [480, 48];

/** A small line. A step of which nothing is known is a gap, never a zero. */
export function Sparkline({ label, points, words, none }: SparklineProps): ReactElement {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return <p className="when">{`${label}：${none}`}</p>;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const text = words(low, high);
  return (
    <figure className="sparkline">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label}：${text}`}>
        {piecesOf(points, { width, height, high }).map((piece) =>
          piece.length === 1 ? (
            <circle key={piece[0]?.join()} cx={piece[0]?.[0]} cy={piece[0]?.[1]} r={2} />
          ) : (
            <polyline key={piece[0]?.join()} points={piece.map((point) => point.join(',')).join(' ')} />
          ),
        )}
      </svg>
      <figcaption className="when">{`${label}：${text}`}</figcaption>
    </figure>
  );
}
