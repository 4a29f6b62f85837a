import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { momentOf } from '../../shared/time.ts';
import type { Hold } from './hold-dialog.tsx';

interface AgencyActsProps {
  readonly agency: Agency;
  /** Null: the person may only look. */
  readonly onHold: ((hold: Hold) => void) | null;
  readonly onReset: (() => void) | null;
}

/** How the agency stands in words, and what an operator may do about it. */
export function AgencyActs({ agency, onHold, onReset }: AgencyActsProps): ReactElement {
  const { t } = useTranslation('ops');
  const side = useSide();
  const { agencyId, nameZh, nameEn, channelId, breaker, paused, lastPolledAt } = agency;
  const kind = paused ? 'resume' : 'pause';
  const name = side({ zh: nameZh, en: nameEn });
  return (
    <section className="panel" aria-label={t('state')}>
      <p className="sentence" data-breaker={breaker?.state ?? 'unknown'}>
        {paused && `${t('agencyPaused')} `}
        {breaker === null
          ? t('breakerUnknown')
          : t(breaker.since === null ? `breakerNow.${breaker.state}` : `breakerSince.${breaker.state}`, {
              at: breaker.since === null ? '' : momentOf(breaker.since),
            })}
      </p>
      <p className="when">
        <span className="identifier">{agencyId}</span> · {channelId ?? t('notConnected')}
        {lastPolledAt !== null && ` · ${t('lastPolled', { at: momentOf(lastPolledAt) })}`}
      </p>
      <p>
        {onHold !== null && channelId !== null && (
          <Button onClick={() => onHold({ of: 'agency', id: agencyId, name, kind })}>{t(`hold.${kind}`)}</Button>
        )}{' '}
        {onReset !== null && breaker !== null && breaker.state !== 'closed' && (
          <Button onClick={onReset}>{t('reset.open')}</Button>
        )}
      </p>
    </section>
  );
}
