type Point = readonly [x: number, y: number];

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Value at the upper edge; zero is at the lower one. */
  readonly high: number;
}

const margin = 3; // so that a line at the edge is drawn whole

/** The line in pieces: it is broken where nothing is known. */
export function piecesOf(
  points: readonly (number | null)[],
  { width, height, high }: Frame,
): readonly (readonly Point[])[] {
  const step = points.length < 2 ? 0 : (width - 2 * margin) / (points.length - 1);
  const pieces: Point[][] = [[]];
  for (const [at, value] of points.entries()) {
    if (value === null) pieces.push([]);
    else pieces[pieces.length - 1]?.push([margin + at * step, yOf(value, { height, high })]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

const yOf = (value: number, { height, high }: Pick<Frame, 'height' | 'high'>): number =>
  high === 0 ? height - margin : height - margin - (value / high) * (height - 2 * margin);
