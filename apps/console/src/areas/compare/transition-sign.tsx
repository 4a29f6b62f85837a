import { type ReactElement, useId } from 'react';
import type { AssetTransition, LineTransition } from '#contracts';

type Sign = 'plus' | 'alert' | 'hatch' | 'dash' | 'ring' | 'square';

const signs: Readonly<Record<LineTransition | AssetTransition, Sign>> = {
  'new-asset': 'plus',
  'no-longer-reported': 'alert',
  'compare-assets': 'square',
  changed: 'square',
  unchanged: 'square',
  'newly-established': 'square',
  'found-after-widening': 'square',
  'identity-confirmed': 'square',
  'identity-rejected': 'dash',
  'cannot-tell': 'hatch',
  'still-no-answer': 'hatch',
  'no-answer-after-widening': 'hatch',
  'no-longer-asked': 'dash',
  'now-confirmed-nothing': 'ring',
  'still-nothing': 'ring',
  'nothing-after-widening': 'ring',
};
const colours: Readonly<Record<Sign, string>> = {
  plus: 'verdict-found',
  square: 'verdict-found',
  alert: 'verdict-no-answer',
  hatch: 'verdict-no-answer',
  dash: 'verdict-not-asked',
  ring: 'verdict-nothing',
};

/** The sign of a transition, drawn: the ring stands only where the newer answer was "nothing". Words stand beside it. */
export function TransitionSign({
  transition,
}: {
  readonly transition: LineTransition | AssetTransition;
}): ReactElement {
  const sign = signs[transition];
  return (
    <svg className={`verdict-glyph ${colours[sign]}`} width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[sign]()}
    </svg>
  );
}

const shapes = {
  plus: () => (
    <>
      <rect x="1" y="1" width="14" height="14" fill="currentColor" />
      <path d="M8 4v8M4 8h8" stroke="#fff" strokeWidth="2" />
    </>
  ),
  square: () => <rect x="2" y="2" width="12" height="12" fill="currentColor" />,
  alert: () => <path d="M8 1l7 14H1z M8 6v4 M8 12v1.5" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  hatch: () => <Hatch />,
  dash: () => <rect x="2" y="7" width="12" height="2" fill="currentColor" />,
  ring: () => <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
} satisfies Record<Sign, () => ReactElement>;

function Hatch(): ReactElement {
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
