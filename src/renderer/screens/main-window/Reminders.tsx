import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { DueReminder } from '#renderer/features/follow-ups/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';

/** Due promises at the gap between two calls: not while one rings, is talked, held or wrapped up. */
export function Reminders({ onCall, onList }: { onCall: (followUp: FollowUp) => void; onList: () => void }): ReactNode {
  const t = useT();
  const toast = useToast();
  const { calls, followUps } = useDesk();
  const gap = useStore(calls, (state) => state.kind === 'idle');
  const promises = useStore(followUps);
  if (!gap || promises.kind !== 'ready' || promises.due.length === 0) return null;
  const { snooze, close, reopen, reminded } = followUps.actions;
  const failed = (): void => toast({ tone: 'error', title: t('common.failed') });
  const done = ({ id, text }: FollowUp): void =>
    void close(id, '').then(() => toast({ tone: 'ok', title: t('follow-up.was-done'), detail: text, action: { label: t('follow-up.reopen'), onAction: () => void reopen(id) }, stayMs: 8_000 }), failed);
  return (
    <DueReminder
      due={promises.due}
      onCall={onCall}
      onSnooze={(id, ms) => void snooze(id, ms).catch(failed)}
      onDone={done}
      onSeen={(id) => void reminded(id).catch(failed)}
      onList={onList}
    />
  );
}
