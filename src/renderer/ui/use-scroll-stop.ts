import { useEffect, useRef, useState, type RefObject } from 'react';

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), textarea, select, summary, [tabindex]:not([tabindex="-1"])';

/**
 * Whether a scrolling box needs a tab stop of its own: only when it overflows and nothing inside can hold focus.
 * Otherwise the stop would be one more key press on the way through the screen, on every pass, in every call.
 */
export function useScrollStop<Box extends HTMLElement>(): { ref: RefObject<Box | null>; needed: boolean } {
  const ref = useRef<Box>(null);
  const [needed, setNeeded] = useState(false);
  const check = (): void => {
    const box = ref.current;
    if (box !== null) setNeeded(box.scrollHeight > box.clientHeight + 1 && box.querySelector(focusable) === null);
  };
  // After each render, since what is inside may have changed; setting the same value again renders nothing.
  useEffect(check);
  useEffect(() => {
    const box = ref.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(check);
    observer.observe(box);
    if (box.firstElementChild !== null) observer.observe(box.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return { ref, needed };
}
