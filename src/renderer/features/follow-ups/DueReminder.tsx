import { IconCheck, IconClockPause, IconPhone, IconX } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { Corner } from '#renderer/ui/Corner.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import css from './follow-ups.module.css';
import { whenText } from './FollowUpForm.tsx';
import { UrgencyChip } from './FollowUpList.tsx';

export type DueReminderProps = {
  /** What waits for a word, soonest first; at least one. */
  due: readonly FollowUp[];
  onCall: (followUp: FollowUp) => void;
  onSnooze: (id: string, ms: number) => void;
  onDone: (followUp: FollowUp) => void;
  /** Seen: this one is not brought up again before it is overdue on the list. */
  onSeen: (id: string) => void;
  onList: () => void;
};

/** "A little later". */
export const SOON_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;
const MORNING = 9;

/** A promise whose time has come, said between two calls. It takes no focus, and a call that comes sends it away until the next gap. */
export function DueReminder({ due, onCall, onSnooze, onDone, onSeen, onList }: DueReminderProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const announce = useAnnounce();
  const [first] = due;
  const words = first === undefined ? '' : t('follow-up.reminder', { kind: t(`follow-up.kind.${first.kind}`), when: whenText(first.dueAt, language), text: first.text });
  const group = t('follow-up.title');
  const enabled = first !== undefined;
  useHotkeys(
    [
      { id: 'due-call', keys: 'alt+a', label: t('follow-up.call'), group, enabled, run: () => first !== undefined && onCall(first) },
      { id: 'due-later', keys: 'alt+l', label: t('follow-up.later-soon'), group, enabled, run: () => first !== undefined && onSnooze(first.id, SOON_MS) },
      { id: 'due-done', keys: 'alt+k', label: t('follow-up.done'), group, enabled, run: () => first !== undefined && onDone(first) },
    ],
    { scope: 'due-reminder' },
  );
  useEffect(() => announce(words), [announce, words]);
  if (first === undefined) return null;
  const who = [first.name, first.number].filter((part) => part !== undefined).join(' · ');
  return (
    <Corner label={t('follow-up.due-title')}>
      <Card
        tone="accent"
        title={first.text}
        meta={
          <span className={css['dueMeta']}>
            <UrgencyChip item={first} /> {[t(`follow-up.kind.${first.kind}`), whenText(first.dueAt, language), who].filter((part) => part !== '').join(' · ')}
          </span>
        }
        toolbar={<IconButton label={t('follow-up.seen')} icon={<IconX />} onClick={() => onSeen(first.id)} />}
        footer={
          <div className={css['dueActions']}>
            <Button size="sm" variant="primary" icon={<IconPhone />} hotkey="alt+a" onClick={() => onCall(first)}>
              {t('follow-up.call')}
            </Button>
            <Button size="sm" icon={<IconClockPause />} hotkey="alt+l" onClick={() => onSnooze(first.id, SOON_MS)}>
              {t('follow-up.later-soon')}
            </Button>
            <Button size="sm" icon={<IconCheck />} hotkey="alt+k" onClick={() => onDone(first)}>
              {t('follow-up.done')}
            </Button>
            <MenuButton
              button={
                <Button size="sm" variant="quiet">
                  {t('follow-up.later-more')}
                </Button>
              }
              entries={[
                { id: 'hour', label: t('follow-up.snooze'), onSelect: () => onSnooze(first.id, HOUR_MS) },
                { id: 'morning', label: t('follow-up.later-morning'), onSelect: () => onSnooze(first.id, nextMorning(Date.now()) - Date.now()) },
              ]}
            />
            {due.length === 1 ? null : (
              <Button size="sm" variant="quiet" onClick={onList}>
                {t('follow-up.due-more', { count: due.length - 1 })}
              </Button>
            )}
          </div>
        }
      />
    </Corner>
  );
}

/** Nine o'clock local time tomorrow, UTC ms. */
function nextMorning(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  return day.setHours(MORNING, 0, 0, 0);
}
