import { Tooltip } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseMatrix } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { VerdictGlyph } from '../../shared/verdict/verdict-glyph.tsx';
import { MatrixMark, useMatrixWords } from './matrix-mark.tsx';

type Row = CaseMatrix['rows'][number];
type Cell = Row['cells'][number];

/** Agency × day: every field with its sign, its word and its reason, leading to the inquiry it is from. */
export function CaseMatrixTable({ matrix }: { readonly matrix: CaseMatrix }): ReactElement {
  const { t } = useTranslation(['desk', 'verdict']);
  const { rows, columns, isWhole, payload } = matrix;
  return (
    <>
      <Legend />
      <DataTable<Row>
        caption={t('desk:matrix.caption')}
        rows={askedFirst(rows)}
        rowKey={({ category, agencyId }) => `${category} ${agencyId}`}
        emptyReason={t('desk:matrix.none')}
        minWidth={420 + columns.length * 150}
        columns={useColumns(matrix)}
      />
      {!isWhole && <p className="desk-quiet">{t('desk:matrix.cut')}</p>}
      {payload === 'withheld' && <p className="desk-quiet">{t('desk:matrix.withheld')}</p>}
    </>
  );
}

/** Who was asked stands above who was not; each in the order of the plan. */
const wasAsked = ({ cells }: Row): boolean => cells.some((cell) => cell !== null && cell.asked > 0);
const askedFirst = (rows: readonly Row[]): readonly Row[] => [
  ...rows.filter(wasAsked),
  ...rows.filter((row) => !wasAsked(row)),
];

function useColumns({ columns, at, isWhole }: CaseMatrix) {
  const { t } = useTranslation(['desk', 'verdict']);
  const days = columns.map(({ day }, index) => ({
    key: day,
    title: day,
    width: 150,
    render: (_: unknown, row: Row) => <MatrixField cell={row.cells[index] ?? null} at={at} />,
  }));
  return [
    {
      ...{ key: 'agency', title: t('desk:matrix.agency'), width: 220, fixed: 'left' as const },
      render: (_: unknown, { agencyName }: Row) => agencyName,
    },
    {
      ...{ key: 'category', title: t('desk:matrix.category'), width: 90 },
      render: (_: unknown, { category }: Row) => t(`verdict:category.${category}`),
    },
    ...days,
    {
      ...{ key: 'silent', title: t('desk:matrix.silent'), width: 160 },
      render: (_: unknown, row: Row) => <Silence row={row} isWhole={isWhole} />,
    },
  ];
}

/** Since when nobody hears from it. Where older inquiries are not shown, the silence may be older. */
function Silence({ row, isWhole }: { readonly row: Row; readonly isWhole: boolean }): ReactElement {
  const { t } = useTranslation('desk');
  const { silentSince, cells } = row;
  if (silentSince === null)
    return <span className="desk-quiet">{t(wasAsked(row) ? 'matrix.notSilent' : 'matrix.neverAsked')}</span>;
  const isOpenEnded = !isWhole && cells.every((cell) => cell === null || cell.answered === 0);
  return <>{t(isOpenEnded ? 'matrix.silentAtLeast' : 'matrix.silentSince', { day: silentSince })}</>;
}

/** The sign leads to the inquiry it is from; its words come up over it. */
function MatrixField({ cell, at }: { readonly cell: Cell; readonly at: string }): ReactElement {
  const told = useMatrixWords()(cell, at);
  const inquiryId = cell?.inquiryIds[0];
  if (inquiryId === undefined) return <MatrixMark cell={cell} at={at} />;
  return (
    <Tooltip title={told} trigger={['hover', 'focus']}>
      <Link to={`/inquiries/${inquiryId}`}>
        <MatrixMark cell={cell} at={at} />
      </Link>
    </Tooltip>
  );
}

function Legend(): ReactElement {
  const { t } = useTranslation(['desk', 'verdict']);
  const verdicts = ['found', 'nothing', 'no-answer', 'not-asked'] as const;
  return (
    <ul className="matrix-legend" aria-label={t('desk:matrix.legend')}>
      {verdicts.map((verdict) => (
        <li key={verdict} className={`verdict-${verdict}`}>
          <VerdictGlyph verdict={verdict} /> {t(`verdict:column.${verdict}`)}
        </li>
      ))}
      <li className="verdict-no-answer">
        <span className="matrix-cell" data-due="false">
          <VerdictGlyph verdict="no-answer" /> {t('desk:matrix.notYet')}
        </span>
      </li>
    </ul>
  );
}
