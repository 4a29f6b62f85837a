import type { Verdict } from '#contracts';
import type { Content } from 'pdfmake';

const ink = '#1f2937';
const line = { lineWidth: 0.8, lineColor: ink } as const;

/** Signs of the verdicts as drawings, told apart without colour: solid, ring, hatch, dash (ux.md D-03). */
export function signOf(verdict: Verdict): Content {
  const box = { type: 'rect', x: 0, y: 2, w: 7, h: 7 } as const;
  switch (verdict) {
    case 'found':
      return { canvas: [{ ...box, color: ink }] };
    case 'nothing':
      return { canvas: [{ type: 'ellipse', x: 3.5, y: 5.5, r1: 3.5, r2: 3.5, ...line }] };
    case 'no-answer':
      return { canvas: [{ ...box, ...line }, ...[0, 1, 2].flatMap(stroke)] };
    case 'not-asked':
      return { canvas: [{ type: 'line', x1: 0, y1: 5.5, x2: 7, y2: 5.5, ...line }] };
  }
}

const strokes = [
  [0, 5.5, 3.5, 2],
  [0, 9, 7, 2],
  [3.5, 9, 7, 5.5],
] as const;

function stroke(at: number) {
  const found = strokes[at];
  if (!found) return [];
  const [x1, y1, x2, y2] = found;
  return [{ type: 'line' as const, x1, y1, x2, y2, ...line }];
}
