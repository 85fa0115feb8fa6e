import { IconCalendarDown, IconCheck, IconClockPause, IconPhone, IconRotate } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
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
};

const TONES: Readonly<Record<Urgency, 'danger' | 'warn' | 'info' | 'plain'>> = { overdue: 'danger', due: 'warn', today: 'info', later: 'plain', closed: 'plain' };

/** Follow-ups, soonest first, each with what can be done about it. */
export function FollowUpList({ items, ...actions }: FollowUpListProps): ReactNode {
  return (
    <ul className={css['list']}>
      {items.map((item) => (
        <li key={item.id}>
          <FollowUpCard item={item} {...actions} />
        </li>
      ))}
    </ul>
  );
}

function FollowUpCard({ item, onCall, onDone, onSnooze, onReopen, onCalendar }: { item: FollowUp } & Omit<FollowUpListProps, 'items'>): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [closing, setClosing] = useState(false);
  const [outcome, setOutcome] = useState('');
  const urgency = urgencyOf(item, Date.now(), new Date().setHours(24, 0, 0, 0));
  const labels: Readonly<Record<Urgency, string>> = { overdue: t('follow-up.overdue'), due: t('follow-up.due-now'), today: t('follow-up.today'), later: t('follow-up.later'), closed: t('follow-up.closed') };
  const who = [item.name, item.number].filter((part) => part !== undefined).join(' · ');
  return (
    <Card
      tone={urgency === 'overdue' ? 'danger' : urgency === 'due' ? 'warn' : 'plain'}
      title={item.text}
      meta={
        <span className={css['meta']}>
          <Chip tone={TONES[urgency]}>{labels[urgency]}</Chip>
          <span>{t(`follow-up.kind.${item.kind}`)}</span>
          <span>{whenText(item.dueAt, language)}</span>
          {who === '' ? null : <span>{who}</span>}
          {item.outcome === undefined ? null : <span>{item.outcome}</span>}
        </span>
      }
      footer={
        item.state === 'open' ? (
          <div className={css['actions']}>
            <Button size="sm" variant="primary" icon={<IconPhone />} onClick={() => onCall(item)}>
              {t('follow-up.call')}
            </Button>
            <Button size="sm" icon={<IconCheck />} onClick={() => setClosing((on) => !on)}>
              {t('follow-up.done')}
            </Button>
            <Button size="sm" variant="quiet" icon={<IconClockPause />} onClick={() => onSnooze(item.id)}>
              {t('follow-up.snooze')}
            </Button>
            <Button size="sm" variant="quiet" icon={<IconCalendarDown />} onClick={() => onCalendar(item.id)}>
              {t('follow-up.calendar')}
            </Button>
          </div>
        ) : (
          <Button size="sm" variant="quiet" icon={<IconRotate />} onClick={() => onReopen(item.id)}>
            {t('follow-up.reopen')}
          </Button>
        )
      }
    >
      {closing ? (
        <form
          className={css['closing']}
          onSubmit={(event) => {
            event.preventDefault();
            onDone(item.id, outcome.trim());
          }}
        >
          <TextField label={t('follow-up.outcome')} value={outcome} onValueChange={setOutcome} autoFocus />
          <Button type="submit" size="sm" variant="primary">
            {t('common.save')}
          </Button>
        </form>
      ) : undefined}
    </Card>
  );
}
