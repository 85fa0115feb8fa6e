import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { BreakClock } from '#renderer/ui/BreakClock.tsx';
import type { BreaksView } from '#shared/ipc/wellbeing.ts';
import { clockWords } from './words.ts';

/** Break clock of call bar and strip: ring and words. In a call it looks the same whatever is due. */
export function BreakStatus({ view, onOpen }: { view: BreaksView | undefined; onOpen?: () => void }): ReactNode {
  const t = useT();
  if (view === undefined) return null;
  const { text, due } = clockWords(view, t);
  return <BreakClock progress={view.quiet && view.due !== null ? 1 : view.progress} text={text} due={due} {...(onOpen === undefined ? {} : { onOpen })} />;
}
