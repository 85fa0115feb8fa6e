import { lazy, Suspense, type ReactNode } from 'react';
import type { StartCall } from '#renderer/features/calls/index.ts';
import { IdleDesk, LiveCall, type Side } from '#renderer/screens/live-call/index.ts';
import { WrapUp } from '#renderer/screens/wrap-up/index.ts';
import { WithSide } from './WithSide.tsx';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { ScreenName } from '#shared/domain/settings.ts';
import type { CallView } from '#shared/ipc/calls.ts';

// What a live call needs is there from the first moment; every other screen comes in its own file, fetched when the desk is idle.
const screens = {
  'follow-ups': () => import('#renderer/screens/follow-ups/index.ts'),
  history: () => import('#renderer/screens/history/index.ts'),
  'my-day': () => import('#renderer/screens/my-day/index.ts'),
  practise: () => import('#renderer/screens/practise/index.ts'),
  settings: () => import('#renderer/screens/settings/index.ts'),
  'whats-new': () => import('#renderer/screens/whats-new/index.ts'),
  workshop: () => import('#renderer/screens/workshop/index.ts'),
};
const FollowUps = lazy(async () => ({ default: (await screens['follow-ups']()).FollowUps }));
const History = lazy(async () => ({ default: (await screens.history()).History }));
const MyDay = lazy(async () => ({ default: (await screens['my-day']()).MyDay }));
const Practise = lazy(async () => ({ default: (await screens.practise()).Practise }));
const AllSettings = lazy(async () => ({ default: (await screens.settings()).AllSettings }));
const WhatsNew = lazy(async () => ({ default: (await screens['whats-new']()).WhatsNew }));
const Workshop = lazy(async () => ({ default: (await screens.workshop()).Workshop }));

/** Fetches the other screens, so that the first look at one does not wait. */
export async function fetchScreens(): Promise<void> {
  for (const fetch of Object.values(screens)) await fetch();
}

export type ScreenProps = {
  name: ScreenName;
  call: CallView | undefined;
  side: Side;
  start: (call: StartCall, script?: string) => void;
  /** Starts the call a follow-up promised, with its paused script. */
  startFollowUp: (followUp: FollowUp) => void;
  /** A call came while another screen was in front. */
  showCall: () => void;
  showNews: () => void;
};

/** The screen in front. */
export function Screen(props: ScreenProps): ReactNode {
  return (
    <Suspense fallback={null}>
      <Chosen {...props} />
    </Suspense>
  );
}

function Chosen({ name, call, side, start, startFollowUp, showCall, showNews }: ScreenProps): ReactNode {
  switch (name) {
    case 'live-call':
      if (call !== undefined && call.state !== 'wrap-up') return <LiveCall call={call} side={side} />;
      return <WithSide side={side}>{call === undefined ? <IdleDesk start={start} startFollowUp={startFollowUp} onNews={showNews} /> : <WrapUp key={call.id} call={call} />}</WithSide>;
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
    case 'whats-new':
      return (
        <WithSide side={side}>
          <WhatsNew side={side} />
        </WithSide>
      );
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
