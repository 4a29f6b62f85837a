import { useEffect, useRef } from 'react';

/**
 * For a long table that is drawn many times a second: a cell is drawn anew when its row is another one, or when something
 * that all rows depend on has changed since the last drawing.
 */
export function useCellUpdates<Row>(...all: readonly unknown[]): (row: Row, before: Row) => boolean {
  const drawn = useRef<readonly unknown[]>([]);
  const isSame = drawn.current.length === all.length && drawn.current.every((each, at) => each === all[at]);
  useEffect(() => void (drawn.current = all));
  return (row, before) => !isSame || row !== before;
}
