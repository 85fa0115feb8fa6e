import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { VisuallyHidden } from './VisuallyHidden.tsx';

/** `polite` waits for the reader to pause; `assertive` interrupts and is for call state and lost work only. */
export type Urgency = 'polite' | 'assertive';
export type Announce = (text: string, urgency?: Urgency) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Speaks through the nearest `LiveRegionProvider`; without one it is silent. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

interface Said {
  text: string;
  /** Alternates so that the same words twice in a row are read twice. */
  turn: number;
}

/**
 * Two live regions that exist from the first render, because readers ignore regions that appear with their text.
 * Messages said within one frame are joined, not lost.
 */
export function LiveRegionProvider({ children }: { children: ReactNode }): ReactNode {
  const [polite, setPolite] = useState<Said>({ text: '', turn: 0 });
  const [assertive, setAssertive] = useState<Said>({ text: '', turn: 0 });
  const waiting = useRef<Record<Urgency, string[]>>({ polite: [], assertive: [] });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const announce = useMemo<Announce>(() => {
    const flush = (): void => {
      timer.current = undefined;
      const { polite: softly, assertive: now } = waiting.current;
      waiting.current = { polite: [], assertive: [] };
      if (softly.length > 0) setPolite((said) => ({ text: softly.join(' '), turn: said.turn + 1 }));
      if (now.length > 0) setAssertive((said) => ({ text: now.join(' '), turn: said.turn + 1 }));
    };
    return (text, urgency = 'polite') => {
      waiting.current[urgency].push(text);
      timer.current ??= setTimeout(flush, 60);
    };
  }, []);

  return (
    <AnnounceContext value={announce}>
      {children}
      <VisuallyHidden>
        <output aria-live="polite" aria-atomic="true">
          <span key={polite.turn}>{polite.text}</span>
        </output>
        <div role="alert" aria-live="assertive" aria-atomic="true">
          <span key={assertive.turn}>{assertive.text}</span>
        </div>
      </VisuallyHidden>
    </AnnounceContext>
  );
}
