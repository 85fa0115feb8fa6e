import { useMergedRef } from '@mantine/hooks';
import { useLayoutEffect, useRef, type Ref } from 'react';

/**
 * Keeps a textarea as tall as its text between two row counts; `null` leaves it alone. Returns the ref to give to it.
 * Chrome 123+ does this by `field-sizing`, but without a row limit in rows that follows the text size setting.
 */
export function useAutosizeTextarea(
  outer: Ref<HTMLTextAreaElement> | undefined,
  value: string,
  rows: { minRows: number; maxRows: number } | null,
): Ref<HTMLTextAreaElement> {
  const own = useRef<HTMLTextAreaElement>(null);
  const minRows = rows?.minRows ?? 0;
  const maxRows = rows?.maxRows ?? 0;
  useLayoutEffect(() => {
    const area = own.current;
    if (area === null || maxRows === 0) return;
    const style = getComputedStyle(area);
    const line = Number.parseFloat(style.lineHeight) || 20;
    const frame = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom) + area.offsetHeight - area.clientHeight;
    area.style.blockSize = '0';
    const wanted = area.scrollHeight + area.offsetHeight - area.clientHeight;
    area.style.blockSize = `${Math.min(maxRows * line + frame, Math.max(minRows * line + frame, wanted))}px`;
  }, [value, minRows, maxRows]);
  return useMergedRef(own, outer ?? null);
}
