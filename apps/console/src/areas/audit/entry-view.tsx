import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api/generated/types.gen.ts';
import { momentOf } from '../../shared/time.ts';
import './audit.css';

/** One entry of the ledger whole: who, why, and which version of which report was shown then, which is not today's. */
export function EntryView({ event }: { readonly event: AuditEvent }): ReactElement {
  const { t } = useTranslation('audit');
  const { actor, shown } = event;
  const who = [actor.userId ?? t('nobody'), actor.role, actor.courtCode, actor.via].filter((each) => each !== null);
  const entries: readonly (readonly [string, string])[] = [
    ['at', momentOf(event.at)],
    ['who', who.join(' · ')],
    ['from', event.address ?? t('notStated')],
    ['action', event.action],
    ['result', t(`result.${event.result}`)],
    ['case', [event.caseNumber, event.caseId].filter((each) => each !== null).join(' · ') || t('noCase')],
    ['debtor', event.debtorId ?? t('notStated')],
    ['object', event.objectId ?? t('notStated')],
    ['purpose', event.purpose === null ? t('notStated') : t(`purpose.${event.purpose}`)],
    ['reason', event.reason ?? t(event.hasReason ? 'entry.reasonNotShown' : 'notStated')],
    [
      'shown',
      shown === null
        ? t('entry.nothingShown')
        : t('entry.version', {
            id: shown.reportId ?? t('notStated'),
            version: shown.reportVersion ?? t('notStated'),
            hash: shown.hash,
          }),
    ],
    ...Object.entries(event.detail).map(([name, value]) => [`detail ${name}`, `${value ?? t('notStated')}`] as const),
    ['previous', event.previous],
    ['hash', event.hash],
  ];
  return (
    <dl className="ledger-entry">
      {entries.map(([name, value]) => (
        <div key={name} data-entry={name}>
          <dt>{name.startsWith('detail ') ? name.slice('detail '.length) : t(`entry.${name}`)}</dt>
          <dd className="identifier">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
