import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Client } from '#renderer/ipc/client.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Corner } from '#renderer/ui/Corner.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import type { BreakAction } from '#shared/ipc/wellbeing.ts';
import { CheckInAsk, ShiftEndAsk, ShiftStartAsk } from './Asks.tsx';
import { BreakCard } from './BreakCard.tsx';
import { BreakPanel } from './BreakPanel.tsx';
import type { BreaksStore } from './breaks.store.ts';
import { HardCallPicker } from './HardCallPicker.tsx';
import { RecoveryOffer } from './RecoveryOffer.tsx';
import { playSoft } from './sound.ts';

export type WellbeingCornerProps = {
  client: Client;
  breaks: BreaksStore;
  ideas: readonly BreakIdea[];
  /** The call in front, which a hard-call mark belongs to. */
  callId: string | undefined;
  hardOpen: boolean;
  onHardOpen: (open: boolean) => void;
  /** What may speak from this corner while breaks have nothing to say. */
  otherwise?: ReactNode;
};

/** The bottom corner of the window, where breaks speak: never modal, never with focus, one thing at a time. */
export function WellbeingCorner({ client, breaks, ideas, callId, hardOpen, onHardOpen, otherwise = null }: WellbeingCornerProps): ReactNode {
  const t = useT();
  const toast = useToast();
  const { view, refused, endedByCall } = useStore(breaks);
  const act = useCallback((action: BreakAction): void => void breaks.actions.do(action).catch(() => toast({ tone: 'error', title: t('common.failed') })), [breaks, toast, t]);
  const loadUses = useCallback(() => client.call('wellbeing.ideas', {}), [client]);
  useInputPing(breaks);
  useSounds(client);
  useHotkeys([{ id: 'hard-call', keys: 'f2', label: t('hard.key'), group: t('keys.group.call'), run: () => onHardOpen(!hardOpen) }], { scope: 'wellbeing' });
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (endedByCall && !told) toast({ tone: 'info', title: t('breaks.ended'), detail: t('breaks.ended-by-call'), stayMs: 4_000 });
    setTold(endedByCall);
  }, [endedByCall, told, toast, t]);
  if (view === undefined) return null;

  const keepWins = (kind: 'helped' | 'went-well', lines: string[]): void => {
    if (lines.length > 0) void client.call('wellbeing.add-wins', { kind, lines }).catch(() => toast({ tone: 'error', title: t('common.failed') }));
    act({ type: 'dropAsk' });
  };
  const dismiss = (): void => act({ type: 'dropAsk' });
  const content = (): ReactNode => {
    if (hardOpen) {
      return (
        <HardCallPicker
          onClose={() => onHardOpen(false)}
          onPick={(kind) => {
            onHardOpen(false);
            act({ type: 'hardCall', kind, ...(callId === undefined ? {} : { callId }) });
            if (view.quiet) toast({ tone: 'info', title: t('hard.marked'), stayMs: 3_000 });
          }}
        />
      );
    }
    if (view.running !== null) return <BreakPanel key={view.running.id} running={view.running} ideas={ideas} loadUses={loadUses} onUsed={(idea, finished) => void client.call('wellbeing.idea-used', { idea, finished }).catch(() => undefined)} onFinish={() => act({ type: 'finish' })} />;
    if (view.card !== null) return <BreakCard key={view.card.id} card={view.card} offer={view.offer} refused={refused} onDo={act} />;
    if (view.offer !== null) return <RecoveryOffer offer={view.offer} onDo={act} />;
    switch (view.ask) {
      case 'check-in': return <CheckInAsk onPick={(value) => act({ type: 'checkIn', value })} onDismiss={dismiss} />;
      case 'shift-start': return <ShiftStartAsk onKeep={(line) => keepWins('helped', line === '' ? [] : [line])} onDismiss={dismiss} />;
      case 'shift-end': return <ShiftEndAsk onKeep={(lines) => keepWins('went-well', lines)} onDismiss={dismiss} />;
      case null: return null;
      default: return view.ask satisfies never;
    }
  };
  const shown = content();
  return shown === null ? otherwise : <Corner label={t('breaks.title')}>{shown}</Corner>;
}

/** That there was a key or click, nothing about it. */
function useInputPing(breaks: BreaksStore): void {
  useEffect(() => {
    const heard = (): void => breaks.actions.input();
    window.addEventListener('keydown', heard, true);
    window.addEventListener('pointerdown', heard, true);
    return () => {
      window.removeEventListener('keydown', heard, true);
      window.removeEventListener('pointerdown', heard, true);
    };
  }, [breaks]);
}

/** The planner sends sounds only where the agent switched them on, and never in a call. */
function useSounds(client: Client): void {
  useEffect(() => client.on('breaks.sound', ({ name }) => playSoft(name)), [client]);
}
