import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './VirtualTable.module.css';

export interface VirtualColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The cell in words where it can be cut short: shown as a title. */
  text?: (row: Row) => string;
  /** A track of a CSS grid, e.g. `minmax(7rem, 1fr)`. */
  width: string;
  align?: 'start' | 'end';
  sortable?: boolean;
  /** Codes: monospaced, always left to right. */
  code?: boolean;
}

export interface VirtualTableProps<Row> {
  label: string;
  /** The first names the row. */
  columns: readonly VirtualColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Width below which the table scrolls sideways, e.g. `60rem`. */
  minWidth: string;
  sort: { columnId: string; direction: 'ascending' | 'descending' };
  onSort: (columnId: string) => void;
  /** Shown instead of rows. */
  empty?: ReactNode;
}

/** A table of thousands, of which only the rows in sight exist: one tab stop, arrows between cells, headers that sort. */
export function VirtualTable<Row>({ label, columns, rows, rowId, minWidth, sort, onSort, empty }: VirtualTableProps<Row>): ReactNode {
  const body = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const focusing = useRef(false);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is passed on
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => body.current, estimateSize: () => Math.max(30, 2 * rem), overscan: 12, getItemKey: (index) => { const row = rows[index]; return row === undefined ? index : rowId(row); } });
  const items = list.getVirtualItems();
  const current = Math.max(0, Math.min(at.row, rows.length - 1));
  useEffect(() => {
    if (!focusing.current) return;
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`);
    if (cell === null || cell === undefined) return;
    focusing.current = false;
    cell.focus();
  });
  const go = (row: number, column: number): void => {
    const next = { row: Math.max(0, Math.min(rows.length - 1, row)), column: Math.max(0, Math.min(columns.length - 1, column)) };
    focusing.current = true;
    list.scrollToIndex(next.row, { align: 'auto' });
    setAt(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['cell'] === undefined) return;
    const page = Math.max(1, items.length - 14);
    const to = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0], Home: [event.ctrlKey ? -rows.length : 0, -columns.length], End: [event.ctrlKey ? rows.length : 0, columns.length] }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(current + (to[0] ?? 0), at.column + (to[1] ?? 0));
  };
  const grid = { gridTemplateColumns: columns.map(({ width }) => width).join(' '), minInlineSize: minWidth };
  return (
    <div ref={body} className={css['scroll']} role="grid" tabIndex={-1} aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length} onKeyDown={onKeyDown}>
      <div role="rowgroup" className={css['head']} style={{ minInlineSize: minWidth }}>
        <div role="row" className={css['row']} aria-rowindex={1} style={grid}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" data-align={column.align} aria-sort={sort.columnId === column.id ? sort.direction : undefined}>
              {column.sortable === true ? (
                <button type="button" className={css['sort']} onClick={() => onSort(column.id)}>
                  {column.header}
                  {sort.columnId !== column.id ? null : sort.direction === 'ascending' ? <IconArrowUp aria-hidden /> : <IconArrowDown aria-hidden />}
                </button>
              ) : (
                column.header
              )}
            </div>
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <div role="row" className={css['empty']}>
          <div role="gridcell">{empty}</div>
        </div>
      ) : (
        <div role="rowgroup" className={css['body']} style={{ blockSize: list.getTotalSize(), minInlineSize: minWidth }}>
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <div key={item.key} role="row" className={css['row']} aria-rowindex={item.index + 2} style={{ ...grid, transform: `translateY(${item.start}px)`, blockSize: item.size }}>
                {columns.map((column, place) => (
                  <div
                    key={column.id}
                    role={place === 0 ? 'rowheader' : 'gridcell'}
                    data-cell={`${item.index}:${place}`}
                    data-align={column.align}
                    data-code={column.code}
                    tabIndex={item.index === current && place === at.column ? 0 : -1}
                    title={column.text?.(row)}
                    onFocus={() => setAt({ row: item.index, column: place })}
                  >
                    <span className={css['text']}>{column.cell(row)}</span>
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
