import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Highlight } from './Highlight.tsx';
import css from './Palette.module.css';
import type { PaletteItem, PaletteRow } from './palette-rows.ts';
import { VisuallyHidden } from './VisuallyHidden.tsx';

/** DOM id of the option with this item id, for `aria-activedescendant`. */
export function optionDomId(listId: string, itemId: string): string {
  return `${listId}-${encodeURIComponent(itemId)}`;
}

export interface PaletteListProps {
  id: string;
  label: string;
  rows: readonly PaletteRow[];
  activeId: string | null;
  onHover: (id: string) => void;
  onPick: (item: PaletteItem) => void;
  more?: ReactNode;
  empty?: ReactNode;
}

/** The rows, of which only those in sight are in the document. */
export function PaletteList({ id, label, rows, activeId, onHover, onPick, more, empty }: PaletteListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // Asked once: every look at a style while typing makes the browser lay out anew.
  const [rem] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
  // oxlint-disable-next-line react/incompatible-library -- reads its own mutable state; we compile nothing
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight(rows[index]) * rem,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    initialRect: { width: 640, height: 440 },
  });
  const activeIndex = rows.findIndex((row) => row.kind === 'item' && row.id === activeId);
  useLayoutEffect(() => {
    // The heading above the first item comes into sight with it.
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex <= 1 ? 0 : activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);

  return (
    <div className={css['results']}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- rows with icons, marks and prices fit no <select> */}
      <div ref={scroller} role="listbox" id={`${id}-list`} aria-label={label} tabIndex={-1} className={css['list']}>
        <div role="presentation" className={css['rows']} style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((place) => {
          const row = rows[place.index];
          if (row === undefined) return null;
          if (row.kind === 'heading') {
            return (
              <div key={place.key} role="presentation" className={css['heading']} style={{ blockSize: place.size, transform: `translateY(${place.start}px)` }}>
                <span aria-hidden>{row.label}</span>
              </div>
            );
          }
          return <OptionRow key={place.key} domId={optionDomId(id, row.id)} row={row} active={row.id === activeId} size={place.size} start={place.start} onHover={onHover} onPick={onPick} />;
        })}
        </div>
      </div>
      {rows.length === 0 && empty !== undefined && empty !== null ? <div className={css['empty']}>{empty}</div> : null}
      {rows.length > 0 && more !== undefined ? <div className={css['more']}>{more}</div> : null}
    </div>
  );
}

/** Heights in rem, matching Palette.module.css. */
function rowHeight(row: PaletteRow | undefined): number {
  if (row === undefined || row.kind === 'heading') return 1.75;
  return row.item.detail === undefined ? 2.125 : 2.875;
}

interface OptionRowProps {
  domId: string;
  row: Extract<PaletteRow, { kind: 'item' }>;
  active: boolean;
  /** Height and place, in px. */
  size: number;
  start: number;
  onHover: (id: string) => void;
  onPick: (item: PaletteItem) => void;
}

/** Drawn again only when it says something else: a keystroke and its answer each redraw the list. */
const OptionRow = memo(function OptionRow({ domId, row, active, size, start, onHover, onPick }: OptionRowProps): ReactNode {
  const { item } = row;
  return (
    // Keyboard use goes through the input (aria-activedescendant); the pointer needs handlers of its own.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={domId}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="option"
      aria-selected={active}
      aria-setsize={row.of}
      aria-posinset={row.position}
      tabIndex={-1}
      className={css['option']}
      style={{ blockSize: size, transform: `translateY(${start}px)` }}
      onMouseMove={() => (active ? undefined : onHover(item.id))}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onPick(item)}
    >
      {item.icon === undefined ? null : (
        <span aria-hidden className={css['icon']}>
          {item.icon}
        </span>
      )}
      <span className={css['text']}>
        <span className={css['title']}>
          <Highlight text={item.title} ranges={item.titleRanges} />
        </span>
        {item.detail === undefined ? null : (
          <span className={css['detail']}>
            <Highlight text={item.detail} ranges={item.detailRanges} />
          </span>
        )}
      </span>
      {item.meta === undefined ? null : <span className={css['meta']}>{item.meta}</span>}
      <VisuallyHidden>{row.group}</VisuallyHidden>
    </div>
  );
});
