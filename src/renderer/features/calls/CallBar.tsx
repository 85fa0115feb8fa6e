import { IconArrowForwardUp, IconPhone, IconPhoneCheck, IconPhoneOff, IconPhonePause, IconPlayerPlay, IconPhoneX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { ClockFace } from '#renderer/ui/ClockFace.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { StateBadge } from '#renderer/ui/StateBadge.tsx';
import type { CallEvent } from '#shared/ipc/calls.ts';
import css from './CallBar.module.css';
import type { CallsState } from './calls.store.ts';

export type CallBarProps = {
  state: CallsState;
  onStart: () => void;
  onEvent: (event: CallEvent) => void;
  onShow: (callId: string) => void;
  onTransfer: () => void;
  /** Hands the caller's number to the softphone. */
  dial: ReactNode;
  /** Ready or not, with the reason. */
  presence: ReactNode;
  /** Break clock and search button. */
  end: ReactNode;
};

/** State, clock and caller of the call in front, and the keys that move it on. Always in sight. */
export function CallBar({ state, onStart, onEvent, onShow, onTransfer, dial, presence, end }: CallBarProps): ReactNode {
  const t = useT();
  if (state.kind !== 'live') {
    return (
      <div className={css['root']}>
        <StateBadge state="idle" label={t('call.state.idle')} />
        {presence}
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
          {call.consulting === undefined ? null : <span>{t('call.consulting', { who: call.consulting })}</span>}
          {call.transferredTo === undefined ? null : <span>{t('call.transferred-to', { who: call.transferredTo })}</span>}
          {call.transferredFrom === undefined ? null : <span>{t('call.transferred-from', { who: call.transferredFrom })}</span>}
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
      {call.state === 'wrap-up' ? presence : null}
      <CallButtons state={call.state} onEvent={onEvent} onTransfer={onTransfer} />
      {end}
    </div>
  );
}

function CallButtons({ state, onEvent, onTransfer }: { state: string; onEvent: (event: CallEvent) => void; onTransfer: () => void }): ReactNode {
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
          <IconButton label={t('call.transfer')} icon={<IconArrowForwardUp />} hotkey="f5" onClick={onTransfer} />
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
          <IconButton label={t('call.transfer')} icon={<IconArrowForwardUp />} hotkey="f5" onClick={onTransfer} />
          <Button variant="danger" icon={<IconPhoneOff />} hotkey="f10" onClick={() => onEvent({ type: 'hang-up', by: 'agent' })}>
            {t('call.hang-up')}
          </Button>
        </>
      );
    default:
      return null;
  }
}
