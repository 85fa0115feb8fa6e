import { IconCheck, IconPlayerTrackNext } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import css from './ScriptPane.module.css';
import type { Operation } from './scripts.store.ts';

type ListProps = { view: ScriptView; perform: (operation: Operation) => void };

type Row = { id: string; text: ReactNode; current: boolean; state?: string; title?: string; level?: number; run: () => void };

/** Every step of the open script; picking one jumps there and keeps what was passed over as owed. */
export function Outline({ view, perform }: ListProps): ReactNode {
  const t = useT();
  const rows = view.outline.map((item): Row => ({
    id: `${item.script}/${item.step}`,
    text: (
      <>
        <span>{item.cue}</span>
        {item.state === 'done' ? <IconCheck aria-label={t('script.already-done')} className={css['rowIcon']} /> : null}
        {item.state === 'skipped' ? <IconPlayerTrackNext aria-label={t('script.already-done')} className={css['rowIcon']} /> : null}
        {item.mustSay ? <Chip tone={item.owed ? 'warn' : 'plain'}>{t(item.owed ? 'script.must-say.owed' : 'script.must-say')}</Chip> : null}
      </>
    ),
    current: item.state === 'current',
    state: item.state,
    level: item.level,
    run: () => perform({ type: 'jump', step: item.step }),
  }));
  return <Rows label={t('script.outline')} rows={rows} />;
}

/** Where the call has been; picking a stop goes back to it. */
export function TrailList({ view, perform }: ListProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const rows = view.trail
    .map((item): Row => ({
      id: String(item.index),
      text: (
        <>
          <span>{item.cue}</span>
          {item.answer === undefined ? null : <span className={css['rowAnswer']}>{item.answer}</span>}
          {item.leftBy === 'skip' ? <span className={css['rowAnswer']}>{t('script.already-done')}</span> : null}
        </>
      ),
      current: item.index === view.trail.length - 1,
      title: clock.format(item.at),
      run: () => perform({ type: 'jump', script: item.script, step: item.step }),
    }))
    .toReversed();
  return <Rows label={t('script.trail')} rows={rows} />;
}

/** One tab stop; arrows move, Enter picks. */
function Rows({ label, rows }: { label: string; rows: readonly Row[] }): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  const stop = Math.max(0, rows.findIndex((row) => row.current));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    buttons[(buttons.findIndex((button) => button === document.activeElement) + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <ol ref={list} className={css['list']} aria-label={label}>
      {rows.map((row, index) => (
        <li key={row.id}>
          <button
            type="button"
            className={css['row']}
            style={row.level === undefined || row.level === 0 ? undefined : { paddingInlineStart: `${0.5 + Math.min(4, row.level) * 0.75}rem` }}
            data-state={row.state}
            data-list-stop={index === stop || undefined}
            tabIndex={index === stop ? 0 : -1}
            aria-current={row.current ? 'step' : undefined}
            title={row.title}
            onKeyDown={onKeyDown}
            onClick={row.run}
          >
            {row.text}
          </button>
        </li>
      ))}
    </ol>
  );
}

const TONES = { said: 'ok', owed: 'warn', ahead: 'plain' } as const;

/** The lines this call must hold. What was passed over stays owed until it is said or ticked. */
export function MustSay({ view, perform }: ListProps): ReactNode {
  const t = useT();
  if (view.mustSay.length === 0) return <p className={css['empty']}>{t('common.none')}</p>;
  const order = { owed: 0, ahead: 1, said: 2 } as const;
  return (
    <ul className={css['items']} aria-label={t('script.must-say')}>
      {view.mustSay
        .toSorted((a, b) => order[a.state] - order[b.state])
        .map((item, index) => (
          <li key={item.item} className={css['item']} data-must-say={item.state}>
            <span className={css['itemLabel']}>{item.label}</span>
            <Chip tone={TONES[item.state]}>{t(`script.must-say.${item.state}`)}</Chip>
            <Button size="sm" variant="quiet" pressed={item.state === 'said'} data-list-stop={index === 0 || undefined} onClick={() => perform({ type: item.state === 'said' ? 'unsay' : 'markSaid', script: item.script, step: item.step })}>
              {t('script.mark-said')}
            </Button>
          </li>
        ))}
    </ul>
  );
}
