import { IconArrowsMaximize, IconBellOff, IconPhoneCheck, IconPhoneOff, IconPhonePause, IconPlayerPlay, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SettingsStore } from '#renderer/features/settings/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { ClockFace } from '#renderer/ui/ClockFace.tsx';
import { StateBadge } from '#renderer/ui/StateBadge.tsx';
import type { StripCommand, StripView } from '#shared/ipc/telephony.ts';
import css from './Strip.module.css';
import { createStripStore } from './strip.store.ts';
import { StripBreak } from './StripBreak.tsx';
import { StripNote } from './StripNote.tsx';

type Call = NonNullable<StripView['call']>;
type Move = Extract<StripCommand, { kind: 'call' }>['event'];

/** One line above the other programs: state, clock, what to say now, the note. */
export function StripWindow({ client, settings }: { client: Client; settings: SettingsStore }): ReactNode {
  const t = useT();
  const strip = useMemo(() => createStripStore(client), [client]);
  const { view, breaks } = useStore(strip);
  const note = useRef<HTMLInputElement>(null);
  useEffect(() => void strip.actions.load(), [strip]);
  const act = strip.actions.do;
  const { call, script } = view;
  // One thing at a time: a break that is offered or running comes before a promise.
  const resting = breaks !== undefined && (breaks.card !== null || breaks.running !== null);
  const move = (event: Move): void => {
    if (call !== undefined) act({ kind: 'call', callId: call.id, event });
  };
  const hide = (): void => void settings.actions.update({ strip: { ...settings.getState().strip, shown: false } });
  useStripKeys(view, { act, move, note: () => note.current?.focus() });

  return (
    <main className={css['root']} aria-label={t('strip.label')} data-state={call?.state ?? 'idle'}>
      <div className={css['state']}>
        <StateBadge state={call === undefined || call.state === 'ended' ? 'idle' : call.state} label={t(`call.state.${call?.state ?? 'idle'}`)} size="sm" />
        {call === undefined ? null : <ClockFace startedAt={call.stateSince} label={t('call.state-clock')} />}
        {call === undefined ? null : <Who call={call} />}
      </div>
      {call === undefined ? <Between due={resting ? undefined : view.due} act={act} /> : <Cue script={script} callId={call.id} act={act} />}
      {call === undefined ? null : (
        <>
          <StripNote call={call} inputRef={note} onLine={(text, seq) => act({ kind: 'note-line', callId: call.id, text, seq })} />
          <span className={css['keys']}>
            <Moves state={call.state} move={move} t={t} />
          </span>
        </>
      )}
      <span className={css['end']}>
        {breaks === undefined || breaks.quiet ? null : <StripBreak breaks={breaks} act={strip.actions.doBreak} />}
        <Key label={t('strip.search')} keys="Control+K" icon={<IconSearch />} onPress={() => act({ kind: 'search', text: '' })} />
        <Key label={t('strip.open')} icon={<IconArrowsMaximize />} onPress={() => act({ kind: 'open' })} />
        <Key label={t('strip.hide')} keys="Escape" icon={<IconX />} onPress={hide} />
      </span>
    </main>
  );
}

function Who({ call }: { call: Call }): ReactNode {
  const t = useT();
  return (
    <span className={css['who']}>
      <span className={css['name']}>{call.who}</span>
      <span className={css['meta']}>
        {call.queue ?? (call.number === call.who ? '' : call.number)}
        {call.waiting === 0 ? null : <strong> {t('strip.waiting', { count: call.waiting })}</strong>}
      </span>
    </span>
  );
}

/** Between two calls: a promise that is due, else nothing but that the desk waits. */
function Between({ due, act }: { due: StripView['due']; act: (command: StripCommand) => void }): ReactNode {
  const t = useT();
  if (due === undefined) return <span className={css['quiet']}>{t('strip.idle')}</span>;
  const answer = (kind: 'call' | 'later' | 'done' | 'seen', label: string): ReactNode => (
    <button type="button" className={css['answer']} onClick={() => act({ kind: 'promise', id: due.id, act: kind })}>
      <span>{label}</span>
    </button>
  );
  return (
    <div className={css['script']} role="group" aria-label={t('follow-up.due-title')} data-promise={due.id}>
      <span className={css['due']}>
        <strong>{due.when}</strong> {due.text}
        {due.more === 0 ? null : <span className={css['dueMore']}> {t('strip.due-more', { count: due.more })}</span>}
      </span>
      <span className={css['dueAnswers']}>
        {answer('call', t('follow-up.call'))}
        {answer('later', t('follow-up.later-soon'))}
        {answer('done', t('follow-up.done'))}
        <Key label={t('follow-up.seen')} icon={<IconBellOff />} onPress={() => act({ kind: 'promise', id: due.id, act: 'seen' })} />
      </span>
    </div>
  );
}

function Cue({ script, callId, act }: { script: StripView['script']; callId: string; act: (command: StripCommand) => void }): ReactNode {
  const t = useT();
  if (script === undefined) return <span className={css['quiet']}>{t('strip.no-script')}</span>;
  return (
    <div className={css['script']}>
      <span className={css['cue']} title={script.cue}>
        {script.cue}
        {script.verbatim ? <span className={css['verbatim']}>{t('strip.verbatim')}</span> : null}
      </span>
      <span className={css['answers']} role="group" aria-label={t('strip.answers')}>
        {script.answers.map((answer, index) => (
          <button key={answer.id} type="button" className={css['answer']} title={answer.label} aria-keyshortcuts={String((index + 1) % 10)} onClick={() => act({ kind: 'answer', callId, answer: answer.id })}>
            <kbd aria-hidden>{(index + 1) % 10}</kbd>
            <span>{answer.label}</span>
          </button>
        ))}
        {script.answers.length === 0 && script.canNext ? (
          <button type="button" className={css['answer']} aria-keyshortcuts="0" onClick={() => act({ kind: 'next', callId })}>
            <kbd aria-hidden>0</kbd>
            <span>{t('strip.next')}</span>
          </button>
        ) : null}
      </span>
    </div>
  );
}

function Moves({ state, move, t }: { state: Call['state']; move: (event: Move) => void; t: T }): ReactNode {
  const hangUp = <Key label={t('call.hang-up')} keys="F10" tone="danger" icon={<IconPhoneOff />} onPress={() => move('hang-up')} />;
  switch (state) {
    case 'ringing':
      return <Key label={t('call.answer')} keys="F9" icon={<IconPhoneCheck />} onPress={() => move('answer')} />;
    case 'talking':
      return (
        <>
          <Key label={t('call.hold')} keys="F8" icon={<IconPhonePause />} onPress={() => move('hold')} />
          {hangUp}
        </>
      );
    case 'on-hold':
      return (
        <>
          <Key label={t('call.resume')} keys="F8" icon={<IconPlayerPlay />} onPress={() => move('resume')} />
          {hangUp}
        </>
      );
    default:
      return null;
  }
}

/** A tooltip would be cut off by the window's edge: the label is the system's own. */
function Key({ label, icon, keys, tone, onPress }: { label: string; icon: ReactNode; keys?: string; tone?: 'danger'; onPress: () => void }): ReactNode {
  return (
    <button type="button" className={css['key']} data-tone={tone} aria-label={label} title={keys === undefined ? label : `${label} (${keys})`} aria-keyshortcuts={keys} onClick={onPress}>
      {icon}
    </button>
  );
}

type Keys = { act: (command: StripCommand) => void; move: (event: Move) => void; note: () => void };

/** The same keys as in the window; digits pick an answer unless they are being typed (then with Alt). */
function useStripKeys(view: StripView, { act, move, note }: Keys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { call, script } = view;
      const typing = event.target instanceof HTMLInputElement;
      const run = keyAction(event, typing, call, script, { act, move, note });
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    globalThis.addEventListener('keydown', onKey);
    return () => globalThis.removeEventListener('keydown', onKey);
  });
}

function keyAction(event: KeyboardEvent, typing: boolean, call: StripView['call'], script: StripView['script'], { act, move, note }: Keys): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'k' ? () => act({ kind: 'search', text: '' }) : undefined;
  if (event.key === 'Escape' && typing) return () => (event.target as HTMLInputElement).blur();
  if (call === undefined) return undefined;
  if (event.altKey && event.key.toLowerCase() === 'n') return note;
  if (event.key === 'F9' && call.state === 'ringing') return () => move('answer');
  if (event.key === 'F8' && (call.state === 'talking' || call.state === 'on-hold')) return () => move(call.state === 'talking' ? 'hold' : 'resume');
  if (event.key === 'F10' && (call.state === 'talking' || call.state === 'on-hold')) return () => move('hang-up');
  if (!/^\d$/.test(event.key) || typing !== event.altKey || script === undefined) return undefined;
  const answer = script.answers[(Number(event.key) + 9) % 10];
  if (answer !== undefined) return () => act({ kind: 'answer', callId: call.id, answer: answer.id });
  return script.answers.length === 0 && script.canNext && event.key === '0' ? () => act({ kind: 'next', callId: call.id }) : undefined;
}
