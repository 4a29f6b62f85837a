import { Tooltip } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseMatrix } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { VerdictGlyph } from '../../shared/verdict/verdict-glyph.tsx';
import { type VerdictSeen, verdictSeen } from '../../shared/verdict/verdict-seen.ts';
import { useVerdictWords } from '../../shared/verdict/verdict-tag.tsx';

type Row = CaseMatrix['rows'][number];
type Cell = Row['cells'][number];

/** Agency × day: every field with its sign, its word and its reason, leading to the inquiry it is from. */
export function CaseMatrixTable({ matrix }: { readonly matrix: CaseMatrix }): ReactElement {
  const { t } = useTranslation(['desk', 'verdict']);
  const { rows, columns, at, isWhole, payload } = matrix;
  return (
    <>
      <Legend />
      <DataTable<Row>
        caption={t('desk:matrix.caption')}
        rows={rows}
        rowKey={({ category, agencyId }) => `${category} ${agencyId}`}
        emptyReason={t('desk:matrix.none')}
        minWidth={420 + columns.length * 150}
        columns={[
          {
            key: 'agency',
            title: t('desk:matrix.agency'),
            width: 220,
            fixed: 'left',
            render: (_, row) => row.agencyName,
          },
          {
            key: 'category',
            title: t('desk:matrix.category'),
            width: 90,
            render: (_, row) => t(`verdict:category.${row.category}`),
          },
          ...columns.map(({ day }, index) => ({
            key: day,
            title: day,
            width: 150,
            render: (_: unknown, row: Row) => <MatrixCell cell={row.cells[index] ?? null} at={at} />,
          })),
          {
            key: 'silent',
            title: t('desk:matrix.silent'),
            width: 160,
            render: (_, row) => <Silence {...{ row, isWhole }} />,
          },
        ]}
      />
      {!isWhole && <p className="desk-quiet">{t('desk:matrix.cut')}</p>}
      {payload === 'withheld' && <p className="desk-quiet">{t('desk:matrix.withheld')}</p>}
    </>
  );
}

/** Since when nobody hears from it. Where older inquiries are not shown, the silence may be older. */
function Silence({ row, isWhole }: { readonly row: Row; readonly isWhole: boolean }): ReactElement {
  const { t } = useTranslation('desk');
  const { silentSince, cells } = row;
  if (silentSince === null) return <span className="desk-quiet">{t('matrix.notSilent')}</span>;
  const isOpenEnded = !isWhole && cells.every((cell) => cell === null || cell.answered === 0);
  return <>{t(isOpenEnded ? 'matrix.silentAtLeast' : 'matrix.silentSince', { day: silentSince })}</>;
}

/** A day on which the agency was in no plan was not asked about: a dash, never a ring. */
const seenOf = (cell: Cell, at: string): VerdictSeen =>
  cell === null ? { verdict: 'not-asked', cause: null } : verdictSeen(cell, at);

export function MatrixCell({ cell, at }: { readonly cell: Cell; readonly at: string }): ReactElement {
  const { t } = useTranslation(['desk', 'verdict']);
  const words = useVerdictWords();
  const seen = seenOf(cell, at);
  const share =
    cell === null || cell.asked < 2 ? '' : t('verdict:answeredOf', { answered: cell.answered, asked: cell.asked });
  const simulated = cell?.simulated === true ? t('verdict:simulated') : '';
  const told = [words(seen), share, simulated].filter((text) => text !== '').join(' · ');
  const inside = (
    <span
      className={`matrix-cell verdict-${seen.verdict}`}
      data-verdict={seen.verdict}
      {...(seen.verdict === 'no-answer' ? { 'data-due': seen.due } : {})}
    >
      <VerdictGlyph verdict={seen.verdict} size={16} />
      <span aria-hidden="true">{shortOf(seen, (reason) => t(`verdict:reason.${reason}`))}</span>
      <span className="visually-hidden">{told}</span>
    </span>
  );
  const inquiryId = cell?.inquiryIds[0];
  if (inquiryId === undefined) return inside;
  return (
    <Tooltip title={told} trigger={['hover', 'focus']}>
      <Link to={`/inquiries/${inquiryId}`}>{inside}</Link>
    </Tooltip>
  );
}

/** Beside the sign: how many, or why not. The ring stands alone. */
function shortOf(seen: VerdictSeen, wordOf: (reason: string) => string): string {
  if (seen.verdict === 'found') return seen.count === null ? '' : String(seen.count);
  return seen.verdict === 'no-answer' ? wordOf(seen.reason) : '';
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
