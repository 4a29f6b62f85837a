import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageLine, Inquiry, RequeryItem } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { durationOf, momentOf } from '../../shared/time.ts';
import { verdictSeen } from '../../shared/verdict/verdict-seen.ts';
import { VerdictTag } from '../../shared/verdict/verdict-tag.tsx';

interface RequeryViewProps {
  readonly inquiry: Inquiry;
  readonly lines: readonly CoverageLine[];
  /** Null: not read yet, or it could not be read. */
  readonly requeries: readonly RequeryItem[] | null;
}

/** The preview of asking again. Empty only because everybody has answered wholly, and then it says so. */
export function RequeryView({ inquiry, lines, requeries }: RequeryViewProps): ReactElement {
  const { t, i18n } = useTranslation(['compare', 'verdict']);
  const side = useSide();
  const { asked, answered } = inquiry.counts;
  const isWhole = lines.length === 0 && answered === asked;
  return (
    <>
      <p className="sentence">{side(inquiry.sentence)}</p>
      <DataTable<CoverageLine>
        caption={t('compare:requery.title')}
        rows={lines}
        rowKey={({ category, agencyId }) => `${category} ${agencyId}`}
        emptyReason={t(isWhole ? 'compare:requery.whole' : 'compare:requery.notListed', { answered, asked })}
        minWidth={860}
        columns={[
          { title: t('compare:column.agency'), width: 220, render: (_, line) => line.agencyName },
          {
            title: t('compare:column.category'),
            width: 100,
            render: (_, line) => t(`verdict:category.${line.category}`),
          },
          {
            title: t('compare:column.now'),
            width: 220,
            render: (_, line) => <VerdictTag seen={verdictSeen(line, null)} />,
          },
          { title: t('compare:column.why'), render: (_, line) => side(line.words) },
          {
            title: t('compare:column.usual'),
            width: 130,
            render: (_, { typicalMs }) =>
              typicalMs === null ? t('compare:usualUnknown') : durationOf(typicalMs, i18n.language),
          },
          {
            title: t('compare:column.next'),
            width: 170,
            render: (_, { nextAttemptAt }) =>
              nextAttemptAt === null ? t('compare:requery.byHand') : momentOf(nextAttemptAt),
          },
        ]}
      />
      <p className="when">{t('compare:requery.automatic')}</p>
      <Requeries requeries={requeries} />
    </>
  );
}

function Requeries({ requeries }: Pick<RequeryViewProps, 'requeries'>): ReactElement {
  const { t } = useTranslation('compare');
  if (requeries === null) return <p>{t('requery.historyUnread')}</p>;
  if (requeries.length === 0) return <p>{t('requery.never')}</p>;
  return (
    <ul aria-label={t('requery.history')}>
      {requeries.map(({ seq, at, cause, agencyIds, reason }) => (
        <li key={seq} data-cause={cause}>
          {t(`requery.cause.${cause}`, { at: momentOf(at), count: agencyIds.length })} {reason}
        </li>
      ))}
    </ul>
  );
}
