import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseNote } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { type QueryLike, QueryState } from '../../shared/state/query-state.tsx';
import { momentOf } from '../../shared/time.ts';

interface CaseNotesViewProps {
  readonly notes: QueryLike<{ readonly items: readonly CaseNote[]; readonly nextCursor: string | null }>;
  readonly mayWrite: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onWrite: (text: string, done: () => void) => void;
}

export function CaseNotesView({ notes, mayWrite, busy, error, onWrite }: CaseNotesViewProps): ReactElement {
  const { t } = useTranslation('compare');
  const id = useId();
  const [text, setText] = useState('');
  return (
    <section className="panel" aria-label={t('note.title')}>
      <h2>{t('note.title')}</h2>
      {mayWrite && (
        <form
          className="compare-form"
          onSubmit={(event) => {
            event.preventDefault();
            onWrite(text.trim(), () => setText(''));
          }}
        >
          <label htmlFor={id}>{t('note.label')}</label>
          <Input.TextArea
            id={id}
            value={text}
            rows={3}
            maxLength={2_000}
            onChange={({ target }) => setText(target.value)}
          />
          {error !== null && error !== undefined && <FailureNotice error={error} />}
          <div>
            <Button htmlType="submit" loading={busy} disabled={text.trim() === ''}>
              {t('note.write')}
            </Button>
          </div>
        </form>
      )}
      <QueryState
        query={notes}
        rows={2}
        empty={{ when: ({ items }) => items.length === 0, show: <p>{t('note.none')}</p> }}
      >
        {({ items, nextCursor }) => (
          <>
            <ul className="compare-notes">
              {items.map((note) => (
                <li key={note.noteId}>
                  <p>{note.text}</p>
                  <span className="when">
                    {momentOf(note.writtenAt)} · {note.writerName ?? t('note.writerGone')}
                  </span>
                </li>
              ))}
            </ul>
            {nextCursor !== null && <p className="when">{t('note.more', { count: items.length })}</p>}
          </>
        )}
      </QueryState>
    </section>
  );
}
