import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Approval, NewApprovalDecisionInput } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { momentOf } from '../../shared/time.ts';
import './approvals.css';

export type Decision = NewApprovalDecisionInput;

interface ApprovalViewProps {
  readonly approval: Approval;
  /** The reader asked for it, and cannot decide it. */
  readonly own: boolean;
  readonly mayDecide: boolean;
  readonly deciding: { readonly busy: boolean; readonly error: unknown; readonly start: (decision: Decision) => void };
}

/** What is to be asked, why, on which document, and the decision with its reason. */
export function ApprovalView({ approval, own, mayDecide, deciding }: ApprovalViewProps): ReactElement {
  const { t } = useTranslation(['approvals', 'verdict']);
  const { asked } = approval;
  const categories =
    asked.scope.categories === 'all'
      ? t('approvals:allCategories')
      : asked.scope.categories.map((category) => t(`verdict:category.${category}`)).join(t('approvals:separator'));
  const entries: readonly (readonly [string, string])[] = [
    ['state', t(`approvals:state.${approval.state}`)],
    ['causes', approval.causes.map((cause) => t(`approvals:cause.${cause}`)).join(t('approvals:separator'))],
    ['reason', approval.reason],
    ['scope', categories],
    ['document', `${asked.legal.documentName} ${asked.legal.documentNumber}`],
    ['askedBy', `${approval.askedBy} · ${momentOf(approval.askedAt)}`],
    ['expiresAt', momentOf(approval.expiresAt)],
    ...(approval.decidedAt === null
      ? []
      : [['decided', `${approval.decidedBy ?? ''} · ${momentOf(approval.decidedAt)}`] as const]),
    ...(approval.decisionReason === null ? [] : [['decisionReason', approval.decisionReason] as const]),
  ];
  return (
    <>
      <dl className="panel approval">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`approvals:entry.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('approvals:entry.case')}</dt>
          <dd>
            <Link to={`/cases/${approval.caseId}`}>{t('approvals:openCase')}</Link>
            {approval.inquiryId !== null && (
              <>
                {' · '}
                <Link to={`/inquiries/${approval.inquiryId}`}>{t('approvals:openInquiry')}</Link>
              </>
            )}
          </dd>
        </div>
      </dl>
      {approval.state === 'waiting' && mayDecide && !own && <Decide deciding={deciding} />}
      {approval.state === 'waiting' && own && <Alert type="info" showIcon title={t('approvals:own')} />}
    </>
  );
}

function Decide({ deciding }: Pick<ApprovalViewProps, 'deciding'>): ReactElement {
  const { t } = useTranslation('approvals');
  const [reason, setReason] = useState('');
  const id = useId();
  const isReady = reason.trim() !== '';
  const decide = (decision: Decision['decision']) => deciding.start({ decision, reason: reason.trim() });
  return (
    <section className="panel" aria-label={t('decide')}>
      <label htmlFor={id}>{t('decisionReason')}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <p className="approval-buttons">
        <Button type="primary" disabled={!isReady} loading={deciding.busy} onClick={() => decide('approve')}>
          {t('approve')}
        </Button>
        <Button danger disabled={!isReady || deciding.busy} onClick={() => decide('decline')}>
          {t('decline')}
        </Button>
      </p>
      {deciding.error !== null && <FailureNotice error={deciding.error} />}
    </section>
  );
}
