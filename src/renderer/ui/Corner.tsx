import { useEffect, useRef, useState, type ReactNode } from 'react';
import css from './Corner.module.css';

type Side = 'start' | 'end';

/**
 * The bottom corner of the window: what speaks from here is never modal, never takes focus, and is one thing at a
 * time. It never lies over what has the focus: it goes to the other side of the window instead.
 */
export function Corner({ label, children }: { label: string; children: ReactNode }): ReactNode {
  const card = useRef<HTMLElement>(null);
  const [side, setSide] = useState<Side>('end');
  useEffect(() => {
    const giveWay = (): void => {
      const focused = document.activeElement;
      if (card.current !== null && focused !== null && focused !== document.body && isUnder(focused, card.current)) setSide((now) => (now === 'end' ? 'start' : 'end'));
    };
    // A focused field is first scrolled into view.
    let frame = requestAnimationFrame(giveWay);
    const onFocus = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(giveWay);
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', onFocus);
    };
  }, []);
  return (
    <aside ref={card} className={css['root']} data-side={side} aria-label={label}>
      {children}
    </aside>
  );
}

/** Whether any part of `focused` lies under `card`. Something as large as a pane is no place one looks at. */
function isUnder(focused: Element, card: Element): boolean {
  if (card.contains(focused)) return false;
  const below = focused.getBoundingClientRect();
  if (below.width * below.height > (innerWidth * innerHeight) / 2) return false;
  const above = card.getBoundingClientRect();
  return below.left < above.right && below.right > above.left && below.top < above.bottom && below.bottom > above.top;
}
