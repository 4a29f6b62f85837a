import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InquiryPreview } from '../../api/generated/types.gen.ts';
import { momentOf } from '../../shared/time.ts';
import { VerdictTag } from '../../shared/verdict/verdict-tag.tsx';

/** What will happen: how many, how long, what was asked lately, what is missing and where to fill it, who is left out. */
export function PreviewFacts({ preview }: { readonly preview: InquiryPreview }): ReactElement {
  const { t } = useTranslation('ask');
  const { forecast, recent, missing, notAsked } = preview;
  const times = (['minutes', 'nextDay', 'longer', 'unknown'] as const).filter((when) => forecast[when] > 0);
  return (
    <section className="panel" aria-label={t('preview')}>
      <p className="sentence">{t('willAsk', { count: preview.counts.asked })}</p>
      <p>{times.map((when) => t(`forecast.${when}`, { count: forecast[when] })).join(t('separator'))}</p>
      {recent && (
        <Alert
          type="info"
          showIcon
          title={t(recent.isRunning ? 'recent.running' : 'recent.closed', {
            ...{ at: momentOf(recent.requestedAt), answered: recent.answered, asked: recent.asked },
          })}
          description={<Link to={`/inquiries/${recent.inquiryId}`}>{t('recent.open')}</Link>}
        />
      )}
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('missing', { count: missing.length })}
          description={
            <ul>
              {missing.map(({ rule, code, detail, fix }) => (
                <li key={`${rule} ${code}`} data-missing={code}>
                  {detail} {fix}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {notAsked.length > 0 && (
        <details>
          <summary>{t('leftOut', { count: notAsked.length })}</summary>
          <ul className="left-out">
            {notAsked.map(({ agencyId, category, agencyName, cause, officerNotRegistered }) => (
              <li key={`${category} ${agencyId}`}>
                {agencyName} <VerdictTag seen={{ verdict: 'not-asked', cause }} />
                {officerNotRegistered && ` ${t('notRegistered')}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
