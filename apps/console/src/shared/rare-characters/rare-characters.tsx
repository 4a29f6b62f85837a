import type { RareCharacter } from '#contracts';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import './rare-characters.css';

interface RareCharactersProps {
  readonly characters: readonly RareCharacter[];
  /** Left out: the standard character is told, and the name is changed where it was typed. */
  readonly onUse?: ((from: string, to: string) => void) | undefined;
}

/** Each rare character of a name: code point, in which set of characters it is, and the standard one if there is one. */
export function RareCharacters({ characters, onUse }: RareCharactersProps): ReactElement | null {
  const { t } = useTranslation('rare-characters');
  if (characters.length === 0) return null;
  return (
    <ul className="rare-characters" aria-label={t('title')}>
      {characters.map((each) => (
        <li key={each.label} data-level={each.level}>
          <OneCharacter each={each} onUse={onUse} />
        </li>
      ))}
    </ul>
  );
}

/** These are drawn by no font, or differently by every one. */
const unseen: ReadonlySet<RareCharacter['level']> = new Set(['private-use', 'selector', 'lost']);

interface OneCharacterProps extends Pick<RareCharactersProps, 'onUse'> {
  readonly each: RareCharacter;
}

function OneCharacter({ each, onUse }: OneCharacterProps): ReactElement {
  const { t } = useTranslation('rare-characters');
  const { character, label, level, standard } = each;
  return (
    <>
      {!unseen.has(level) && <span className="rare-character">{character} </span>}
      <span className="identifier">{label}</span> {t(`level.${level}`)}
      {standard !== null && (
        <>
          {' '}
          {t('standard', { character: standard.character, label: standard.label })}{' '}
          {onUse !== undefined && (
            <Button size="small" onClick={() => onUse(character, standard.character)}>
              {t('use', { character: standard.character })}
            </Button>
          )}
        </>
      )}
    </>
  );
}
