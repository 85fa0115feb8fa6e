import type { ReactNode } from 'react';
import { countdown, lengthText } from '#renderer/features/wellbeing/index.ts';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { BreakClock } from '#renderer/ui/BreakClock.tsx';
import type { BreakAction, BreaksView } from '#shared/ipc/wellbeing.ts';
import css from './Strip.module.css';

/** Breaks on one line: the clock, or, when a break is due and nothing else is going on, its answers. */
export function StripBreak({ breaks, act }: { breaks: BreaksView; act: (action: BreakAction) => void }): ReactNode {
  const t = useT();
  const { card, running } = breaks;
  // A click that was on its way to something else when the offer appeared is treated like a key in flight.
  const guarded = { byKey: true };
  if (running !== null) {
    return (
      <span className={css['break']} role="group" aria-label={t('breaks.title')}>
        <BreakClock progress={breaks.progress} text={t('breaks.clock.running', { left: countdown(running.leftMs) })} />
        <Choice label={t('breaks.panel.finish')} onPress={() => act({ type: 'finish' })} />
      </span>
    );
  }
  if (card === null) return <BreakClock progress={breaks.progress} text={breakText(breaks, t)} due={breaks.level === 'due'} />;
  const [later] = card.postpones;
  return (
    <span className={css['break']} role="group" aria-label={t('breaks.title')}>
      <BreakClock progress={1} text={t('breaks.card.now', { kind: t(`breaks.kind.${card.kind}`), length: lengthText(card.lengthMs, t) })} due />
      <Choice label={t('breaks.card.take')} onPress={() => act({ type: 'take', kind: card.kind, lengthMs: card.lengthMs, ...guarded })} />
      {later === undefined ? null : <Choice label={t('breaks.card.later', { minutes: Math.round(later / 60_000) })} onPress={() => act({ type: 'postpone', ms: later, ...guarded })} />}
      <Choice label={t('breaks.card.skip')} onPress={() => act({ type: 'skip', ...guarded })} />
    </span>
  );
}

function Choice({ label, onPress }: { label: string; onPress: () => void }): ReactNode {
  return (
    <button type="button" className={css['answer']} onClick={onPress}>
      <span>{label}</span>
    </button>
  );
}

function breakText(breaks: BreaksView, t: T): string {
  if (breaks.level === 'due') return t('strip.break-due');
  return breaks.nextInMs === null ? '' : t('strip.break-in', { minutes: Math.max(1, Math.ceil(breaks.nextInMs / 60_000)) });
}
