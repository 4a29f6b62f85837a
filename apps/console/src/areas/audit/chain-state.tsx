import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerVerification } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { EntryLink } from './entry-link.tsx';

interface ChainStateProps {
  readonly result: LedgerVerification | null; // null: not checked since the page was opened
  readonly busy: boolean;
  readonly error: unknown;
  readonly onVerify: () => void;
}

/** Whether every hash, link and checkpoint still fits; the exact record and both hashes where not. */
export function ChainState({ result, busy, error, onVerify }: ChainStateProps): ReactElement {
  const { t } = useTranslation('audit');
  const broken = result?.firstBroken ?? null;
  return (
    <section className="panel" aria-label={t('chain.title')}>
      <h2>{t('chain.title')}</h2>
      {result === null && <p role="status">{t(busy ? 'chain.checking' : 'chain.unknown')}</p>}
      {result?.outcome === 'intact' && (
        <Alert
          type="info"
          showIcon
          title={t('chain.intact', {
            rows: result.rows,
            first: result.first ?? 0,
            last: result.last ?? 0,
            checkpoints: result.checkpoints,
          })}
        />
      )}
      {result?.outcome === 'broken' && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('chain.broken', {
            seq: broken?.seq ?? 0,
            kind: t(`chain.kind.${broken?.kind ?? 'edited'}`),
            sound: broken?.soundUpTo ?? 0,
          })}
          description={
            <>
              <p className="identifier">{t('chain.expected', { hash: broken?.expected ?? t('chain.noHash') })}</p>
              <p className="identifier">{t('chain.found', { hash: broken?.found ?? t('chain.noHash') })}</p>
              {broken !== null && <EntryLink seq={broken.seq} />}
            </>
          }
        />
      )}
      {error !== null && error !== undefined && <FailureNotice error={error} />}
      <p>
        <Button loading={busy} onClick={onVerify}>
          {t('chain.verify')}
        </Button>
      </p>
    </section>
  );
}
