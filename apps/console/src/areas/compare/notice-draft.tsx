import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeDraft } from '#contracts';
import { type QueryLike, QueryState } from '../../shared/state/query-state.tsx';

interface NoticeDraftPanelProps {
  readonly notice: QueryLike<NoticeDraft>;
  readonly onOpen: () => void;
}

/** The text of a notice to the creditor, to be read, changed and signed by a person. */
export function NoticeDraftPanel({ notice, onOpen }: NoticeDraftPanelProps): ReactElement {
  const { t } = useTranslation('compare');
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpen(true);
    onOpen();
  };
  return (
    <section className="panel no-print" aria-label={t('notice.title')}>
      <h2>{t('notice.title')}</h2>
      {isOpen ? (
        <QueryState query={notice}>{(draft) => <Draft draft={draft} />}</QueryState>
      ) : (
        <Button onClick={open}>{t('notice.open')}</Button>
      )}
    </section>
  );
}

export function Draft({ draft }: { readonly draft: NoticeDraft }): ReactElement {
  const { t } = useTranslation('compare');
  const [copied, setCopied] = useState(false);
  const text = [draft.title, ...draft.paragraphs].join('\n\n');
  return (
    <>
      <p className="when">{t('notice.hint')}</p>
      <blockquote className="compare-notice">
        <strong>{draft.title}</strong>
        {draft.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </blockquote>
      <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
        {copied ? t('copied') : t('notice.copy')}
      </Button>
    </>
  );
}
