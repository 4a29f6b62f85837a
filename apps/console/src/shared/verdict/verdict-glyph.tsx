import { type ReactElement, useId } from 'react';
import type { Verdict } from '#contracts';
import './verdict.css';

interface GlyphProps {
  readonly verdict: Verdict;
  readonly size?: number; // CSS pixels
}

/** ■ ○ ▨ – as drawings, so that no missing font can take them away (ux.md §4.2). Says nothing to a screen reader. */
export function VerdictGlyph({ verdict, size = 14 }: GlyphProps): ReactElement {
  return (
    <svg
      className={`verdict-glyph verdict-${verdict}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {shapes[verdict]()}
    </svg>
  );
}

const shapes = {
  found: () => <rect x="2" y="2" width="12" height="12" fill="currentColor" />,
  nothing: () => <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  'no-answer': () => <Hatched />,
  'not-asked': () => <rect x="2" y="7" width="12" height="2" fill="currentColor" />,
} satisfies Record<Verdict, () => ReactElement>;

function Hatched(): ReactElement {
  const id = useId();
  return (
    <>
      <defs>
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.6" height="4" fill="currentColor" />
        </pattern>
      </defs>
      <rect x="2" y="2" width="12" height="12" fill={`url(#${id})`} stroke="currentColor" strokeWidth="1.5" />
    </>
  );
}
