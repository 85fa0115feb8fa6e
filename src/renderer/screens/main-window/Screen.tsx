import type { ReactNode } from 'react';
import type { StartCall } from '#renderer/features/calls/index.ts';
import { FollowUps } from '#renderer/screens/follow-ups/index.ts';
import { History } from '#renderer/screens/history/index.ts';
import { IdleDesk, LiveCall, type Side } from '#renderer/screens/live-call/index.ts';
import { MyDay } from '#renderer/screens/my-day/index.ts';
import { Practise } from '#renderer/screens/practise/index.ts';
import { AllSettings } from '#renderer/screens/settings/index.ts';
import { Workshop } from '#renderer/screens/workshop/index.ts';
import { WrapUp } from '#renderer/screens/wrap-up/index.ts';
import { WithSide } from './WithSide.tsx';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { ScreenName } from '#shared/domain/settings.ts';
import type { CallView } from '#shared/ipc/calls.ts';

export type ScreenProps = {
  name: ScreenName;
  call: CallView | undefined;
  side: Side;
  start: (call: StartCall, script?: string) => void;
  /** Starts the call a follow-up promised, with its paused script. */
  startFollowUp: (call: StartCall, followUp: FollowUp) => void;
  /** A call came while another screen was in front. */
  showCall: () => void;
};

/** The screen in front. */
export function Screen({ name, call, side, start, startFollowUp, showCall }: ScreenProps): ReactNode {
  switch (name) {
    case 'live-call':
      if (call !== undefined && call.state !== 'wrap-up') return <LiveCall call={call} side={side} />;
      return <WithSide side={side}>{call === undefined ? <IdleDesk start={start} /> : <WrapUp key={call.id} call={call} />}</WithSide>;
    case 'follow-ups':
      return <FollowUps call={startFollowUp} />;
    case 'history':
      return (
        <History
          onCallBack={({ id, number, name: who }) =>
            start({ direction: 'out', linkedCall: id, linkedAs: 'call-back', ...(number === undefined ? {} : { number }), ...(who === undefined ? {} : { name: who }) })
          }
        />
      );
    case 'workshop':
      return <Workshop />;
    case 'my-day':
      return <MyDay />;
    case 'practise':
      return <Practise onCall={showCall} />;
    case 'settings':
      return <AllSettings />;
    default:
      return null;
  }
}
