import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionVerification } from '../../api/generated/types.gen.ts';
import { momentOf } from '../../shared/time.ts';

interface VerdictNoticeProps {
  readonly version: number;
  readonly answer: VersionVerification;
  /**
   * What was held against the version: the whole content of a file; a file whose content is masked, where only the
   * signature proves that it comes from there; or a hash or code that was typed.
   */
  readonly by: 'content' | 'masked' | 'mark';
}

/** Which version it is, and whether there is a later one. Nothing about whom it is. */
export function VerdictNotice({ version, answer, by }: VerdictNoticeProps): ReactElement {
  const { t } = useTranslation('verify');
  if (answer.result === 'not-valid')
    return <Alert type="error" showIcon role="alert" title={t('notValid')} description={t('notValidHelp')} />;
  const { sealedAt, signed, supersededBy } = answer;
  return (
    <Alert
      type={by === 'masked' ? 'warning' : 'info'}
      showIcon
      role="status"
      data-verdict={by}
      title={t(`valid.${by}`, { version })}
      description={
        <>
          <p>{t('sealed', { at: momentOf(sealedAt) })}</p>
          {by === 'masked' && <p>{t('maskedHelp')}</p>}
          {!signed && <p>{t('unsigned')}</p>}
          <p data-later={supersededBy?.reportVersion ?? 'none'}>
            {supersededBy === null
              ? t('newest')
              : t('superseded', { version: supersededBy.reportVersion, id: supersededBy.reportId })}
          </p>
        </>
      }
    />
  );
}
