import { Button, Tag } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeskItem } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { dateOf, momentOf } from '../../shared/time.ts';
import { NextAct, Progress } from './next-act.tsx';

/** Pages that were read so far, and how to read on. */
export interface DeskRows {
  readonly items: readonly DeskItem[];
  /** Null: that is all. */
  readonly more: (() => unknown) | null;
  readonly isReading: boolean;
}

interface DeskTableProps {
  readonly caption: string;
  readonly rows: DeskRows;
  readonly emptyReason: ReactNode;
}

/** Cases with what they wait for. */
export function DeskTable({ caption, rows, emptyReason }: DeskTableProps): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <>
      <DataTable
        caption={caption}
        rows={rows.items}
        rowKey={({ caseId }) => caseId}
        emptyReason={emptyReason}
        minWidth={1180}
        columns={useColumns()}
      />
      {rows.more !== null && (
        <Button onClick={() => void rows.more?.()} loading={rows.isReading}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function useColumns() {
  const { t } = useTranslation('desk');
  return [
    {
      key: 'case',
      title: t('column.case'),
      width: 220,
      render: (_: unknown, item: DeskItem) => <CaseCell item={item} />,
    },
    { key: 'act', title: t('column.act'), width: 200, render: (_: unknown, item: DeskItem) => <NextAct item={item} /> },
    {
      key: 'debtor',
      title: t('column.debtor'),
      width: 200,
      render: (_: unknown, item: DeskItem) => <DebtorCell item={item} />,
    },
    {
      key: 'progress',
      title: t('column.progress'),
      width: 140,
      render: (_: unknown, item: DeskItem) => <Progress item={item} />,
    },
    { key: 'due', title: t('column.due'), width: 120, render: (_: unknown, item: DeskItem) => <DueCell item={item} /> },
    {
      key: 'state',
      title: t('column.state'),
      width: 150,
      render: (_: unknown, { state }: DeskItem) => t(`state.${state}`),
    },
    {
      key: 'missing',
      title: t('column.missing'),
      width: 150,
      render: (_: unknown, item: DeskItem) => <MissingCell item={item} />,
    },
  ];
}

/** The key `N` looks here for whom to ask about. */
function CaseCell({ item }: { readonly item: DeskItem }): ReactElement {
  return (
    <Link
      className="identifier"
      to={`/cases/${item.caseId}`}
      data-case={item.caseId}
      {...(item.debtor === null ? {} : { 'data-debtor': item.debtor.debtorId })}
    >
      {item.caseNumber}
    </Link>
  );
}

function DebtorCell({ item: { debtor, debtorCount } }: { readonly item: DeskItem }): ReactElement {
  const { t } = useTranslation('desk');
  if (debtor === null)
    return (
      <span className="desk-quiet">
        {debtorCount === 0 ? t('debtor.none') : t('debtor.count', { count: debtorCount })}
      </span>
    );
  return (
    <span>
      {debtor.nameMasked} <span className="identifier desk-quiet">{debtor.idMasked}</span>
      {debtorCount > 1 && <span className="desk-quiet"> {t('debtor.count', { count: debtorCount })}</span>}
    </span>
  );
}

function DueCell({ item: { dueAt } }: { readonly item: DeskItem }): ReactElement {
  const { t } = useTranslation('desk');
  if (dueAt === null) return <span className="desk-quiet">{t('due.none')}</span>;
  return (
    <time dateTime={dueAt} title={momentOf(dueAt)}>
      {dateOf(dueAt)}
    </time>
  );
}

function MissingCell({ item: { missing } }: { readonly item: DeskItem }): ReactElement {
  const { t } = useTranslation('desk');
  if (missing.length === 0) return <span className="desk-quiet">{t('missing.nothing')}</span>;
  return (
    <>
      {missing.map((each) => (
        <Tag key={each}>{t(`missing.${each}`)}</Tag>
      ))}
    </>
  );
}
