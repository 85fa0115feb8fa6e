import { IconPhone, IconPhoneCheck, IconPhoneOff, IconPhonePause, IconPlayerPlay, IconPhoneX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { ClockFace } from '#renderer/ui/ClockFace.tsx';
import { StateBadge } from '#renderer/ui/StateBadge.tsx';
import type { CallEvent } from '#shared/ipc/calls.ts';
import css from './CallBar.module.css';
import type { CallsState } from './calls.store.ts';

export type CallBarProps = {
  state: CallsState;
  onStart: () => void;
  onEvent: (event: CallEvent) => void;
  onShow: (callId: string) => void;
  /** Hands the caller's number to the softphone. */
  dial: ReactNode;
  /** Break clock and search button. */
  end: ReactNode;
};

/** State, clock and caller of the call in front, and the keys that move it on. Always in sight. */
export function CallBar({ state, onStart, onEvent, onShow, dial, end }: CallBarProps): ReactNode {
  const t = useT();
  if (state.kind !== 'live') {
    return (
      <div className={css['root']}>
        <StateBadge state="idle" label={t('call.state.idle')} />
        <span className={css['spacer']} />
        <Button variant="primary" icon={<IconPhone />} hotkey="f9" onClick={onStart}>
          {t('call.start')}
        </Button>
        {end}
      </div>
    );
  }
  const { call, waiting } = state;
  const live = call.state === 'ended' ? 'idle' : call.state;
  const [next] = waiting;
  return (
    <div className={css['root']}>
      <StateBadge state={live} label={t(`call.state.${call.state}`)} />
      <ClockFace startedAt={call.stateSince} label={t('call.state-clock')} size="lg" />
      <div className={css['who']}>
        <span className={css['name']}>{call.name ?? call.number ?? t('call.unknown-caller')}</span>
        <span className={css['meta']}>
          {call.name !== undefined && call.number !== undefined ? <span>{call.number}</span> : null}
          {call.queue === undefined ? null : <span>{t('call.queue', { queue: call.queue })}</span>}
          {call.earlier.length === 0 ? null : <span>{t('call.earlier', { count: call.earlier.length })}</span>}
        </span>
      </div>
      {dial}
      <span className={css['spacer']} />
      {next === undefined ? null : (
        <Button size="sm" hotkey="f7" onClick={() => onShow(next.id)}>
          {t('call.waiting', { count: waiting.length })}
        </Button>
      )}
      <CallButtons state={call.state} onEvent={onEvent} />
      {end}
    </div>
  );
}

function CallButtons({ state, onEvent }: { state: string; onEvent: (event: CallEvent) => void }): ReactNode {
  const t = useT();
  switch (state) {
    case 'ringing':
      return (
        <>
          <Button variant="primary" icon={<IconPhoneCheck />} hotkey="f9" onClick={() => onEvent({ type: 'answer' })}>
            {t('call.answer')}
          </Button>
          <Button icon={<IconPhoneX />} onClick={() => onEvent({ type: 'missed' })}>
            {t('call.miss')}
          </Button>
        </>
      );
    case 'talking':
      return (
        <>
          <Button icon={<IconPhonePause />} hotkey="f8" onClick={() => onEvent({ type: 'hold' })}>
            {t('call.hold')}
          </Button>
          <Button variant="danger" icon={<IconPhoneOff />} hotkey="f10" onClick={() => onEvent({ type: 'hang-up', by: 'agent' })}>
            {t('call.hang-up')}
          </Button>
        </>
      );
    case 'on-hold':
      return (
        <>
          <Button variant="primary" icon={<IconPlayerPlay />} hotkey="f8" onClick={() => onEvent({ type: 'resume' })}>
            {t('call.resume')}
          </Button>
          <Button variant="danger" icon={<IconPhoneOff />} hotkey="f10" onClick={() => onEvent({ type: 'hang-up', by: 'agent' })}>
            {t('call.hang-up')}
          </Button>
        </>
      );
    default:
      return null;
  }
}
