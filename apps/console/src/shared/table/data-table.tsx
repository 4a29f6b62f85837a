import { Table, type TableProps } from 'antd';
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef } from 'react';
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
  const place = useRef<HTMLElement>(null);
  useScrollingByKeyboard(place, caption);
  const isLong = rows.length > virtualAbove;
  return (
    <section ref={place} className="data-table" aria-label={caption}>
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

const scrolling = '.ant-table-content, .ant-table-body, .ant-table-tbody-virtual-holder';

/** What scrolls inside the table is reached by keyboard as well; the component library leaves that out. */
function useScrollingByKeyboard(place: RefObject<HTMLElement | null>, caption: string): void {
  useEffect(() => {
    const region = place.current?.querySelector(scrolling);
    region?.setAttribute('tabindex', '0');
    region?.setAttribute('role', 'group');
    region?.setAttribute('aria-label', caption);
  });
}
