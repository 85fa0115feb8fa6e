import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './Table.module.css';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** CSS width of the column, e.g. `7rem`; others share the rest. */
  width?: string;
  sortable?: boolean;
  /** The cell that names the row. Default: the first. */
  rowHeader?: boolean;
}

export interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Enter, double click or click on the row. Makes rows reachable: one tab stop, arrows between rows. */
  onOpen?: (row: Row) => void;
  selectedId?: string | null;
  sort?: { columnId: string; direction: 'ascending' | 'descending' };
  onSort?: (columnId: string) => void;
  /** Shown instead of rows. */
  empty?: ReactNode;
}

/** Dense table with a header that stays. For some hundred rows; lists of thousands need a virtual one. */
export function Table<Row>(props: TableProps<Row>): ReactNode {
  const { label, columns, rows, rowId, onOpen, selectedId = null, sort, onSort, empty } = props;
  const [active, setActive] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const current = Math.min(active, Math.max(0, rows.length - 1));
  const headerColumn = columns.find((column) => column.rowHeader === true)?.id ?? columns[0]?.id;
  const live = onOpen !== undefined;

  const onKeyDown = (event: KeyboardEvent, row: Row): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') onOpen?.(row);
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1, PageDown: current + 10, PageUp: current - 10 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, to));
    setActive(next);
    body.current?.querySelectorAll<HTMLTableRowElement>(':scope > tr')[next]?.focus();
  };

  return (
    <div className={css['scroll']} {...(live ? {} : { tabIndex: 0, role: 'group', 'aria-label': label })}>
      <table className={css['table']} aria-label={label} role={live ? 'grid' : undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" style={{ inlineSize: column.width }} data-align={column.align} aria-sort={sort?.columnId === column.id ? sort.direction : undefined}>
                {column.sortable === true && onSort !== undefined ? (
                  <button type="button" className={css['sort']} onClick={() => onSort(column.id)}>
                    {column.header}
                    {sort?.columnId !== column.id ? null : sort.direction === 'ascending' ? <IconArrowUp aria-hidden /> : <IconArrowDown aria-hidden />}
                  </button>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <tr
              key={rowId(row)}
              tabIndex={live ? (index === current ? 0 : -1) : undefined}
              aria-selected={live ? rowId(row) === selectedId : undefined}
              data-live={live || undefined}
              onFocus={() => setActive(index)}
              onClick={live ? () => onOpen(row) : undefined}
              onKeyDown={live ? (event) => onKeyDown(event, row) : undefined}
            >
              {columns.map((column) =>
                column.id === headerColumn ? (
                  <th key={column.id} scope="row" data-align={column.align}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} data-align={column.align}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <div className={css['empty']}>{empty}</div> : null}
    </div>
  );
}
