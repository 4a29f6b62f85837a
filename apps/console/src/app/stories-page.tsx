import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { loadStories, type Story } from './story.ts';

/** Every state of every screen, for looking at: a list, or one of them alone (`?id=`). */
export function StoriesPage(): ReactElement {
  const { t } = useTranslation('shell');
  const [stories, setStories] = useState<readonly Story[] | null>(null);
  const [search] = useSearchParams();
  useEffect(() => {
    let wanted = true;
    void loadStories().then((loaded) => wanted && setStories(loaded));
    return () => void (wanted = false);
  }, []);
  if (stories === null) return <p role="status">{t('opening')}</p>;
  const chosen = stories.find(({ id }) => id === search.get('id'));
  if (chosen?.bare) return <div data-story={chosen.id}>{chosen.render()}</div>;
  if (chosen)
    return (
      <main className="shell-content" data-story={chosen.id}>
        <h1 className="visually-hidden">{chosen.id}</h1>
        {chosen.render()}
      </main>
    );
  return (
    <main className="story-list">
      <h1>{t('stories')}</h1>
      <ul>
        {stories.map(({ id }) => (
          <li key={id}>
            <Link to={`/stories?id=${encodeURIComponent(id)}`}>{id}</Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
