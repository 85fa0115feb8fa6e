import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import css from './wellbeing.module.css';

const VALUES = [1, 2, 3, 4, 5] as const;

/** One key: how is it going. */
export function CheckInAsk({ onPick, onDismiss }: { onPick: (value: number) => void; onDismiss: () => void }): ReactNode {
  const t = useT();
  useHotkeys(
    VALUES.map((value) => ({ id: `check-in-${value}`, keys: `alt+${value}`, label: t(`ask.value.${value}`), group: t('breaks.title'), run: () => onPick(value) })),
    { scope: 'check-in' },
  );
  return (
    <Card title={t('ask.check-in')} meta={t('ask.check-in-scale')} footer={<Dismiss onDismiss={onDismiss} />}>
      <CheckInScale onPick={onPick} />
    </Card>
  );
}

/** The five steps, side by side. A digit chooses while focus is here. */
export function CheckInScale({ onPick }: { onPick: (value: number) => void }): ReactNode {
  const t = useT();
  const onKeyDown = (event: KeyboardEvent): void => {
    const value = VALUES.find((one) => String(one) === event.key);
    if (value === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onPick(value);
  };
  return (
    <fieldset className={css['scale']} aria-label={t('ask.check-in')}>
      {VALUES.map((value) => (
        <button key={value} type="button" className={css['value']} onClick={() => onPick(value)} onKeyDown={onKeyDown}>
          <b>{value}</b>
          {t(`ask.value.${value}`)}
        </button>
      ))}
    </fieldset>
  );
}

/** Start of shift: recalling whom one helped lessened what rude callers did to people (94 agents, 15 days). */
export function ShiftStartAsk({ onKeep, onDismiss }: { onKeep: (line: string) => void; onDismiss: () => void }): ReactNode {
  const t = useT();
  const [line, setLine] = useState('');
  return (
    <Card title={t('ask.shift-start')}>
      <form
        className={css['stack']}
        onSubmit={(event) => {
          event.preventDefault();
          onKeep(line.trim());
        }}
      >
        <p className={css['text']}>{t('ask.shift-start-lead')}</p>
        <TextField label={t('ask.shift-start-line')} value={line} onValueChange={setLine} maxLength={400} />
        <div className={css['actions']}>
          <Button size="sm" variant="primary" type="submit">
            {t(line.trim() === '' ? 'common.done' : 'ask.keep')}
          </Button>
          <Dismiss onDismiss={onDismiss} />
        </div>
      </form>
    </Card>
  );
}

/** End of shift: three lines for a bad day. */
export function ShiftEndAsk({ onKeep, onDismiss }: { onKeep: (lines: string[]) => void; onDismiss: () => void }): ReactNode {
  const t = useT();
  return (
    <Card title={t('ask.shift-end')} footer={<Dismiss onDismiss={onDismiss} />}>
      <div className={css['stack']}>
        <p className={css['text']}>{t('ask.shift-end-lead')}</p>
        <ThreeLines onKeep={onKeep} />
      </div>
    </Card>
  );
}

export function ThreeLines({ onKeep }: { onKeep: (lines: string[]) => void }): ReactNode {
  const t = useT();
  const [lines, setLines] = useState<readonly string[]>(['', '', '']);
  const kept = lines.map((line) => line.trim()).filter((line) => line !== '');
  return (
    <form
      className={css['stack']}
      onSubmit={(event) => {
        event.preventDefault();
        if (kept.length === 0) return;
        onKeep(kept);
        setLines(['', '', '']);
      }}
    >
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- three fixed lines
        <TextField key={index} label={t('ask.line', { number: index + 1 })} value={line} onValueChange={(value) => setLines(lines.map((one, place) => (place === index ? value : one)))} maxLength={400} />
      ))}
      <div>
        <Button size="sm" type="submit" disabled={kept.length === 0}>
          {t('my-day.wins-add')}
        </Button>
      </div>
    </form>
  );
}

function Dismiss({ onDismiss }: { onDismiss: () => void }): ReactNode {
  const t = useT();
  return (
    <Button size="sm" variant="quiet" onClick={onDismiss}>
      {t('ask.dismiss')}
    </Button>
  );
}
