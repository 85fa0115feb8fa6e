import { useLayoutEffect, useRef, type RefObject } from 'react';

/** How far the step may be drawn closer together: spacing first, then sizes. */
const TIGHTEST = 2;

/**
 * Draws the step closer together when it would not fit its pane, so that a caller never waits while the
 * agent scrolls. Looks again whenever the step or the pane's size changes; a step that fits stays roomy.
 */
export function useFit(step: string): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    const pane = element?.closest<HTMLElement>('[data-scroll]') ?? element?.closest<HTMLElement>('[data-body]');
    if (element === null || pane === null || pane === undefined) return undefined;
    const fit = (): void => {
      for (let level = 0; level <= TIGHTEST; level++) {
        element.dataset['fit'] = String(level);
        if (pane.scrollHeight <= pane.clientHeight) return;
      }
    };
    fit();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(fit);
    observer.observe(pane);
    return () => observer.disconnect();
  }, [step]);
  return root;
}
