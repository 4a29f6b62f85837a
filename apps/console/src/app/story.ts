import type { ReactElement } from 'react';

/** One state of one screen, drawn from invented data: `<area>/<screen>/<state>`. */
export interface Story {
  readonly id: string;
  readonly render: () => ReactElement;
  /** Brings its own main part of the page. */
  readonly bare?: boolean;
}

interface StoriesFile {
  readonly stories: readonly Story[];
}

const files = import.meta.glob<StoriesFile>('../**/stories.tsx');

/** Every story there is; loaded only when somebody looks at them. */
export async function loadStories(): Promise<readonly Story[]> {
  const loaded = await Promise.all(Object.values(files).map((load) => load()));
  return loaded.flatMap(({ stories }) => stories).toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
