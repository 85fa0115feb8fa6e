import { useEffect, useRef, useState } from 'react';

/** Keys and clicks hold the closing off for this long (ms): nothing closes under typing hands. */
const QUIET_MS = 8_000;
const LOOK_MS = 250;

type Options = {
  /** When wrap-up began, UTC ms. */
  since: number;
  /** Time given, in seconds; 0: the call never closes by itself. */
  seconds: number;
  /** Everything the outcome asks for is there and nothing stands half written in a form. */
  ready: boolean;
  finish: () => void;
};

export type AutoFinish = { kind: 'off' } | { kind: 'running'; leftMs: number } | { kind: 'waiting' };

/**
 * Closes the call when its time is over, and only a call that is ready: words in a form that are not
 * added yet, or no outcome, keep it open. `keepOpen` switches it off for this call.
 */
export function useAutoFinish({ since, seconds, ready, finish }: Options): { state: AutoFinish; keepOpen: () => void } {
  const [kept, setKept] = useState(false);
  const [now, setNow] = useState(Date.now);
  const touched = useRef(0);
  const on = seconds > 0 && !kept;
  useEffect(() => {
    if (!on) return undefined;
    const touch = (): void => {
      touched.current = Date.now();
    };
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    window.addEventListener('keydown', touch, true);
    window.addEventListener('pointerdown', touch, true);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', touch, true);
      window.removeEventListener('pointerdown', touch, true);
    };
  }, [on]);
  const leftMs = Math.max(since + seconds * 1_000, touched.current + QUIET_MS) - now;
  const due = on && leftMs <= 0 && ready;
  useEffect(() => {
    if (!due) return;
    // Once: what the records still miss is said on the screen, not tried again and again.
    setKept(true);
    finish();
    // The call and its readiness decide; `finish` is made anew with each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [due]);
  const state: AutoFinish = !on ? { kind: 'off' } : leftMs > 0 ? { kind: 'running', leftMs } : { kind: 'waiting' };
  return { state, keepOpen: () => setKept(true) };
}
