import type { TableProps } from 'antd';
import { memo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { clockOf, durationOf, momentOf } from '../../shared/time.ts';
import { VerdictTag } from '../../shared/verdict/verdict-tag.tsx';
import { useCellUpdates } from './use-cell-updates.ts';
import { keyOf, type LineNow, seenOf } from './line-now.ts';

interface LinesTableProps {
  readonly lines: readonly LineNow[];
  readonly now: string;
}

/** Who answered what: one row per agency, with attempt, next try, reason and usual time. Drawn anew only for other lines. */
export const LinesTable = memo(function LinesTable({ lines, now }: LinesTableProps): ReactElement {
  const { t, i18n } = useTranslation(['live', 'verdict']);
  const side = useSide();
  const shouldCellUpdate = useCellUpdates<LineNow>(now, i18n.language);
  const columns: NonNullable<TableProps<LineNow>['columns']> = [
    {
      title: t('live:lines.category'),
      width: 110,
      render: (_, { line }) => t(`verdict:category.${line.category}`),
    },
    { title: t('live:lines.agency'), width: 220, render: (_, { line }) => line.agencyName },
    {
      title: t('live:lines.verdict'),
      width: 270,
      render: (_, row) => (
        <>
          <VerdictTag seen={seenOf(row, now)} />
          {row.line.simulated && <span className="visually-hidden">{t('verdict:simulated')}</span>}
        </>
      ),
    },
    {
      title: t('live:lines.words'),
      render: (_, { line, news }) => (news === null ? side(line.words) : t('live:lines.reading')),
    },
    { title: t('live:lines.tries'), width: 190, render: (_, { line }) => triesOf(line) },
    {
      title: t('live:lines.usual'),
      width: 110,
      render: (_, { line }) =>
        line.typicalMs === null ? t('live:lines.unknown') : durationOf(line.typicalMs, i18n.language),
    },
    {
      title: t('live:lines.answered'),
      width: 170,
      render: (_, { line, news }) => {
        const at = news?.answeredAt ?? line.answeredAt;
        return at === null ? t('live:lines.notYet') : momentOf(at);
      },
    },
  ];
  return (
    <DataTable<LineNow>
      caption={t('live:lines.caption')}
      rows={lines}
      rowKey={({ line }) => keyOf(line)}
      emptyReason={t('live:lines.none')}
      minWidth={1_080}
      columns={columns.map((column) => ({ ...column, shouldCellUpdate }))}
    />
  );

  function triesOf({ attempts, maxAttempts, nextAttemptAt }: LineNow['line']): string {
    if (attempts === 0) return t('live:lines.notSent');
    const tries = t('live:lines.try', { attempts, most: maxAttempts });
    return nextAttemptAt === null ? tries : `${tries} · ${t('live:lines.next', { at: clockOf(nextAttemptAt) })}`;
  }
});
