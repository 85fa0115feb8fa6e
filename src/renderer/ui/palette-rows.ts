import type { ReactNode } from 'react';
import type { Range } from './highlight.ts';

export interface PaletteItem {
  id: string;
  title: string;
  titleRanges?: readonly Range[];
  /** Second line. */
  detail?: string;
  detailRanges?: readonly Range[];
  /** At the end of the row: price, state, due time. */
  meta?: ReactNode;
  icon?: ReactNode;
}

export interface PaletteGroup {
  id: string;
  label: string;
  items: readonly PaletteItem[];
}

export type PaletteRow =
  | { kind: 'heading'; id: string; label: string; count: number }
  | { kind: 'item'; id: string; item: PaletteItem; group: string; position: number; of: number };

/** Headings and items as one list for the virtual scroller; empty groups vanish. */
export function flattenGroups(groups: readonly PaletteGroup[]): PaletteRow[] {
  const of = groups.reduce((sum, group) => sum + group.items.length, 0);
  let position = 0;
  return groups
    .filter((group) => group.items.length > 0)
    .flatMap((group) => [
      { kind: 'heading' as const, id: `heading:${group.id}`, label: group.label, count: group.items.length },
      ...group.items.map((item) => ({ kind: 'item' as const, id: item.id, item, group: group.label, position: (position += 1), of })),
    ]);
}

/** Where the active row goes for a key, or undefined when the key does not move it. Ends wrap around. */
export function stepActive(key: string, items: readonly { id: string }[], activeId: string | undefined): string | undefined {
  if (items.length === 0) return undefined;
  const at = Math.max(0, items.findIndex((item) => item.id === activeId));
  const last = items.length - 1;
  switch (key) {
    case 'ArrowDown':
      return items[at === last ? 0 : at + 1]?.id;
    case 'ArrowUp':
      return items[at === 0 ? last : at - 1]?.id;
    case 'PageDown':
      return items[Math.min(last, at + 8)]?.id;
    case 'PageUp':
      return items[Math.max(0, at - 8)]?.id;
    default:
      return undefined;
  }
}
