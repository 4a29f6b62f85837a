import { Table, type TableProps } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const virtualAbove = 200; // rows (ux.md A-03)

interface DataTableProps<Row> {
  /** What the table is about; read out, and shown unless hidden. */
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly rows: readonly Row[];
  readonly columns: NonNullable<TableProps<Row>['columns']>;
  readonly rowKey: (row: Row) => string;
  /** Why there is no row. A table that cannot say it is not shown. */
  readonly emptyReason: ReactNode;
  /** Height of the window on a long table, in pixels. */
  readonly height?: number;
  /** Width below which the table scrolls sideways, in pixels. */
  readonly minWidth?: number;
  readonly onRow?: TableProps<Row>['onRow'];
  readonly more?: Omit<
    TableProps<Row>,
    'dataSource' | 'columns' | 'rowKey' | 'locale' | 'onRow' | 'virtual' | 'scroll'
  >;
}

/** The one table: captioned, virtual when it is long, and never empty without a reason. */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactElement {
  const {
    caption,
    captionHidden,
    rows,
    columns,
    rowKey,
    emptyReason,
    height = 560,
    minWidth = 720,
    onRow,
    more,
  } = props;
  const { t } = useTranslation('table');
  const isLong = rows.length > virtualAbove;
  return (
    <section className="data-table" aria-label={caption}>
      <div className={captionHidden ? 'visually-hidden' : 'table-caption'}>
        {caption} <span className="table-count">{t('rows', { count: rows.length })}</span>
      </div>
      <Table<Row>
        size="small"
        pagination={false}
        {...more}
        dataSource={rows}
        columns={columns}
        rowKey={rowKey}
        virtual={isLong}
        scroll={isLong ? { y: height, x: minWidth } : { x: minWidth }}
        locale={{ emptyText: <div className="empty-reason">{emptyReason}</div> }}
        {...(onRow === undefined ? {} : { onRow })}
      />
    </section>
  );
}
