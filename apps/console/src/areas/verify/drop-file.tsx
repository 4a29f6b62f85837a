import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A place to drop a file on, and an ordinary field for who has no use for dragging. */
export function DropFile({ onFile }: { readonly onFile: (file: File) => void }): ReactElement {
  const { t } = useTranslation('verify');
  const [isOver, setIsOver] = useState(false);
  const id = useId();
  const take = (files: FileList | null) => {
    const file = files?.item(0);
    if (file) onFile(file);
  };
  return (
    <section
      className={isOver ? 'panel verify-drop verify-drop-over' : 'panel verify-drop'}
      aria-label={t('byFile')}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <h2>{t('byFile')}</h2>
      <p>{t('byFileHelp')}</p>
      <label htmlFor={id}>{t('file')}</label>
      <input
        id={id}
        type="file"
        onChange={({ target }) => {
          take(target.files);
          target.value = ''; // the same file may be looked into again
        }}
      />
    </section>
  );
}
