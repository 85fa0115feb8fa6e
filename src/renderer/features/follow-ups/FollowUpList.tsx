import { IconCalendarDown, IconCheck, IconClockPause, IconPhone, IconRotate } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { urgencyOf, type FollowUp, type Urgency } from '#shared/domain/follow-ups/schema.ts';
import css from './follow-ups.module.css';
import { whenText } from './FollowUpForm.tsx';

export type FollowUpListProps = {
  items: readonly FollowUp[];
  onCall: (followUp: FollowUp) => void;
  onDone: (id: string, outcome: string) => void;
  onSnooze: (id: string) => void;
  onReopen: (id: string) => void;
  onCalendar: (id: string) => void;
  /** Hands a number to the softphone. */
  dial: (number: string | undefined) => ReactNode;
};

/** The call a follow-up promised: whom, and which call it goes back to. */
export type PromisedCall = { direction: 'out'; number?: string; name?: string; linkedCall?: string; linkedAs?: 'call-back' };

export function followUpCall({ number, name, callId }: FollowUp): PromisedCall {
  return {
    direction: 'out',
    ...(number === undefined ? {} : { number }),
    ...(name === undefined ? {} : { name }),
    ...(callId === undefined ? {} : { linkedCall: callId, linkedAs: 'call-back' as const }),
  };
}

const TONES: Readonly<Record<Urgency, 'danger' | 'warn' | 'info' | 'plain'>> = { overdue: 'danger', due: 'warn', today: 'info', later: 'plain', closed: 'plain' };

/** In the order they want attention; what is overdue and what is due share a heading. */
const SECTIONS = [
  { id: 'now', urgencies: ['overdue', 'due'] },
  { id: 'today', urgencies: ['today'] },
  { id: 'later', urgencies: ['later'] },
  { id: 'closed', urgencies: ['closed'] },
] as const satisfies readonly { id: string; urgencies: readonly Urgency[] }[];

function urgency(item: FollowUp): Urgency {
  return urgencyOf(item, Date.now(), new Date().setHours(24, 0, 0, 0));
}

/** Follow-ups, soonest first, each with what can be done about it. */
export function FollowUpList({ items, ...actions }: FollowUpListProps): ReactNode {
  const t = useT();
  return SECTIONS.map(({ id, urgencies }) => {
    const own = items.filter((item) => urgencies.some((one) => one === urgency(item)));
    if (own.length === 0) return null;
    return (
      <section key={id} className={css['section']} aria-label={t(`follow-up.section.${id}`)}>
        <h3 className={css['heading']}>
          {t(`follow-up.section.${id}`)} <span className={css['count']}>{own.length}</span>
        </h3>
        <ul className={css['list']}>
          {own.map((item) => (
            <FollowUpRow key={item.id} item={item} {...actions} />
          ))}
        </ul>
      </section>
    );
  });
}

/** How near a promise is, as a word on a tone. */
export function UrgencyChip({ item }: { item: FollowUp }): ReactNode {
  const t = useT();
  const labels: Readonly<Record<Urgency, string>> = { overdue: t('follow-up.overdue'), due: t('follow-up.due-now'), today: t('follow-up.today'), later: t('follow-up.later'), closed: t('follow-up.closed') };
  const own = urgency(item);
  return <Chip tone={TONES[own]}>{labels[own]}</Chip>;
}

function FollowUpRow({ item, onCall, onDone, onSnooze, onReopen, onCalendar, dial }: { item: FollowUp } & Omit<FollowUpListProps, 'items'>): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [closing, setClosing] = useState(false);
  const [outcome, setOutcome] = useState('');
  const who = [item.name, item.number].filter((part) => part !== undefined).join(' · ');
  return (
    <li className={css['row']} data-follow-up={item.id} data-urgency={urgency(item)}>
      <span className={css['when']}>
        <span className={css['time']}>{whenText(item.dueAt, language)}</span>
        <UrgencyChip item={item} />
      </span>
      <span className={css['what']}>
        <span className={css['text']}>{item.text}</span>
        <span className={css['meta']}>{[t(`follow-up.kind.${item.kind}`), who, item.outcome ?? ''].filter((part) => part !== '').join(' · ')}</span>
      </span>
      <span className={css['actions']}>
        {item.state === 'open' ? (
          <>
            {dial(item.number)}
            <IconButton label={t('follow-up.calendar')} icon={<IconCalendarDown />} onClick={() => onCalendar(item.id)} />
            <Button size="sm" variant="quiet" icon={<IconClockPause />} onClick={() => onSnooze(item.id)}>
              {t('follow-up.snooze')}
            </Button>
            <Button size="sm" icon={<IconCheck />} pressed={closing} onClick={() => setClosing((on) => !on)}>
              {t('follow-up.done')}
            </Button>
            <Button size="sm" variant="primary" icon={<IconPhone />} onClick={() => onCall(item)}>
              {t('follow-up.call')}
            </Button>
          </>
        ) : (
          <Button size="sm" variant="quiet" icon={<IconRotate />} onClick={() => onReopen(item.id)}>
            {t('follow-up.reopen')}
          </Button>
        )}
      </span>
      {closing ? (
        <form
          className={css['closing']}
          onSubmit={(event) => {
            event.preventDefault();
            onDone(item.id, outcome.trim());
          }}
        >
          <TextField label={t('follow-up.outcome')} value={outcome} onValueChange={setOutcome} autoFocus />
          <Button type="submit" variant="primary">
            {t('common.save')}
          </Button>
        </form>
      ) : null}
    </li>
  );
}
