import { Alert, Button, Checkbox, Input } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { categories } from '#contracts';
import type { Case, InquiryPreview } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { QueryState, type QueryLike } from '../../shared/state/query-state.tsx';
import { DocumentFields, type Upload } from './document-fields.tsx';
import { type Draft, legalOf } from './draft.ts';
import { PreviewFacts } from './preview-facts.tsx';
import type { Sent } from './send.ts';
import './ask.css';

interface AskViewProps {
  readonly of: Case;
  readonly draft: Draft;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly preview: QueryLike<InquiryPreview>;
  readonly upload: Upload;
  readonly sending: {
    readonly busy: boolean;
    readonly unknown: boolean;
    readonly error: unknown;
    readonly sent: Sent | null;
    readonly start: (needsApproval: boolean) => void;
  };
}

/** Whom, where, on which document, what will happen; then one primary button. */
export function AskView({ of, draft, onDraft, preview, upload, sending }: AskViewProps): ReactElement {
  const { t } = useTranslation('ask');
  const debtor = of.debtors.find(({ debtorId }) => debtorId === draft.debtorId);
  const id = useId();
  return (
    <div className="ask">
      <section className="panel" aria-label={t('debtor')}>
        <dl className="ask-head">
          <div>
            <dt>{t('caseNumber')}</dt>
            <dd>
              <Link to={`/cases/${of.caseId}`}>{of.caseNumber}</Link>
            </dd>
          </div>
          <div>
            <dt>{t('debtor')}</dt>
            <dd>{debtor === undefined ? t('unknownDebtor') : `${debtor.nameMasked} · ${debtor.idMasked}`}</dd>
          </div>
          <div>
            <dt>{t('purpose')}</dt>
            <dd>{t(`purposes.${draft.purpose}`)}</dd>
          </div>
        </dl>
      </section>
      <QueryState query={preview} rows={5}>
        {(data) => (
          <>
            <PreviewFacts preview={data} />
            <Categories preview={data} draft={draft} onDraft={onDraft} />
            <DocumentFields document={draft.document} onChange={(document) => onDraft({ document })} upload={upload} />
            <section className="panel">
              <label htmlFor={id}>{t('reason')}</label>
              <Input.TextArea
                id={id}
                rows={2}
                maxLength={500}
                value={draft.reason}
                onChange={({ target }) => onDraft({ reason: target.value })}
              />
            </section>
            <Send preview={data} draft={draft} sending={sending} />
          </>
        )}
      </QueryState>
    </div>
  );
}

function Categories({
  preview,
  draft,
  onDraft,
}: Pick<AskViewProps, 'draft' | 'onDraft'> & { readonly preview: InquiryPreview }): ReactElement {
  const { t } = useTranslation(['ask', 'verdict']);
  const known = categories.filter((category) => preview.byCategory[category] !== undefined);
  const chosen = draft.categories ?? known;
  return (
    <fieldset className="panel ask-categories">
      <legend>{t('ask:categories')}</legend>
      {known.map((category) => (
        <Checkbox
          key={category}
          checked={chosen.includes(category)}
          onChange={({ target }) => {
            const next = known.filter((each) => (each === category ? target.checked : chosen.includes(each)));
            onDraft({ categories: next.length === known.length ? null : next });
          }}
        >
          {t(`verdict:category.${category}`)}{' '}
          <span className="when">{t('ask:asked', { count: preview.byCategory[category]?.asked ?? 0 })}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function Send({
  preview,
  draft,
  sending,
}: Pick<AskViewProps, 'draft' | 'sending'> & { readonly preview: InquiryPreview }): ReactElement {
  const { t } = useTranslation('ask');
  const isWhole = legalOf(draft) !== null && (!preview.approvalNeeded || draft.reason.trim() !== '');
  const isFree = preview.missing.length === 0 && preview.counts.asked > 0;
  if (sending.sent?.kind === 'approval')
    return <Alert type="info" showIcon title={t('approvalAsked')} description={t('approvalHelp')} />;
  return (
    <section className="panel ask-send" aria-label={t('send')}>
      {sending.unknown && <p role="status">{t('unknown')}</p>}
      {sending.error !== null && !sending.busy && <FailureNotice error={sending.error} />}
      <Button
        type="primary"
        size="large"
        loading={sending.busy}
        disabled={!isWhole || !isFree}
        onClick={() => sending.start(preview.approvalNeeded)}
      >
        {preview.approvalNeeded ? t('askApproval') : t('oneClick')}
      </Button>
      <span>{t('willAsk', { count: preview.counts.asked })}</span>
    </section>
  );
}
