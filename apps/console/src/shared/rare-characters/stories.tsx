import { rareCharacters } from '#contracts';
import type { Story } from '../../app/story.ts';
import { RareCharacters } from './rare-characters.tsx';

/** One of every level. */
const everyLevel = rareCharacters('喆䶮𠮷\u9FF0\uE863\u{E0100}\uFFFD');

export const stories: readonly Story[] = [
  {
    id: 'rare-characters/typed/every-level',
    render: () => <RareCharacters characters={everyLevel} onUse={() => undefined} />,
  },
  { id: 'rare-characters/listed/every-level', render: () => <RareCharacters characters={everyLevel} /> },
];
