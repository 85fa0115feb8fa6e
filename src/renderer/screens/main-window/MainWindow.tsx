import { IconBook2, IconCalendarHeart, IconChecklist, IconHeadset, IconHeartBroken, IconHistory, IconSettings, IconSpeakerphone, IconTargetArrow } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { CallBar, TransferDialog } from '#renderer/features/calls/index.ts';
import { DialButton, PresenceMenu, useDial } from '#renderer/features/telephony/index.ts';
import { BreakStatus, WellbeingCorner } from '#renderer/features/wellbeing/index.ts';
import type { FollowUpsState } from '#renderer/features/follow-ups/index.ts';
import { newsCount } from '#renderer/features/news/index.ts';
import { useT, type T } from '#renderer/messages/messages.tsx';
import type { Client } from '#renderer/ipc/client.ts';
import { useStripFeed } from '#renderer/screens/strip/index.ts';
import { useGuidanceOf, useSide } from '#renderer/screens/live-call/index.ts';
import { AppFrame, type NavItem } from '#renderer/ui/AppFrame.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { ToastProvider } from '#renderer/ui/Toasts.tsx';
import { HotkeyProvider } from '#renderer/ui/use-hotkeys.tsx';
import type { Announcement } from '#shared/domain/announcement.ts';
import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import type { ScreenName } from '#shared/domain/settings.ts';
import { DeskPalette } from './DeskPalette.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { FallbackScreen } from './FallbackScreen.tsx';
import { Reminders } from './Reminders.tsx';
import { fetchScreens, Screen } from './Screen.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useReasons } from './use-reasons.ts';
import { useQueueScript } from './use-queue-script.ts';
import { useStart } from './use-start.ts';
import { useWindowKeys } from './window-keys.ts';

/** The agent's window: rail, call bar, the screen in front, status line; palette and help above. */
export function MainWindow(): ReactNode {
  const t = useT();
  return (
    <HotkeyProvider>
      <ToastProvider labels={{ region: t('shell.toasts'), dismiss: t('common.close') }}>
        <Window />
      </ToastProvider>
    </HotkeyProvider>
  );
}

const ICONS: Readonly<Record<ScreenName, ReactNode>> = {
  'live-call': <IconHeadset />, 'follow-ups': <IconChecklist />, history: <IconHistory />, 'whats-new': <IconSpeakerphone />,
  'my-day': <IconCalendarHeart />, practise: <IconTargetArrow />, workshop: <IconBook2 />, settings: <IconSettings />,
};

/** Screens that exist on this desk, in the order of the rail. */
const SHOWN: readonly ScreenName[] = ['live-call', 'follow-ups', 'history', 'whats-new', 'my-day', 'practise', 'workshop', 'settings'];

/** After the start, when the window has long been painted (ms). */
const FETCH_SCREENS_MS = 2_000;

const NO_IDEAS: readonly BreakIdea[] = [];
const NO_NEWS: readonly Announcement[] = [];

function Window(): ReactNode {
  const t = useT();
  const { calls, search, client, followUps, breaks, knowledge } = useDesk();
  const { view: breaksView } = useStore(breaks);
  const ideas = useStore(knowledge, (known) => (known.kind === 'ready' ? known.records['break-idea'] : NO_IDEAS));
  const promises = useStore(followUps);
  const newsWaiting = useNewsWaiting();
  const state = useStore(calls);
  const [screen, setScreen] = useState<ScreenName>('live-call');
  const [help, setHelp] = useState(false);
  const [transferring, setTransferring] = useState(false);
  const reasons = useReasons();
  useEffect(() => {
    const timer = setTimeout(() => void fetchScreens().catch(() => undefined), FETCH_SCREENS_MS);
    return () => clearTimeout(timer);
  }, []);
  const [hardOpen, setHardOpen] = useState(false);
  const side = useSide();
  const dial = useDial(client);
  const call = state.kind === 'live' ? state.call : undefined;
  useGuidanceOf(call);
  const showCall = useCallback(() => setScreen('live-call'), []);
  const { start, startFollowUp, promised } = useStart(showCall);
  useQueueScript(call, promised);
  useStripFeed(startFollowUp);
  useReady();
  useStateAnnouncements();

  useEffect(() => client.on('window.navigate', ({ screen: wanted }) => {
    const known = SHOWN.find((one) => one === wanted);
    if (known !== undefined) setScreen(known);
  }), [client]);
  useWindowKeys({ screens: SHOWN, show: setScreen, start: () => start({ direction: 'in' }), transfer: () => setTransferring(true), dial, showHelp: () => setHelp(true), side });

  const nav: NavItem[] = SHOWN.map((id, index) => ({ id, label: t(`screen.${id}`), icon: ICONS[id], hotkey: `mod+${index + 1}`, place: id === 'settings' ? 'end' : 'start', ...badgeOf(id, promises, newsWaiting, t) }));
  const tone = call === undefined || call.state === 'ended' ? 'idle' : call.state;
  return (
    <AppFrame
      labels={{ nav: t('shell.nav'), callBar: t('shell.call-bar'), content: t('shell.content'), status: t('shell.status'), skip: t('shell.skip') }}
      nav={nav}
      activeId={screen}
      onNavigate={(id) => setScreen(SHOWN.find((one) => one === id) ?? 'live-call')}
      callTone={tone}
      callBar={
        <CallBar
          state={state}
          onStart={() => start({ direction: 'in' })}
          onEvent={(event) => void calls.actions.event(event)}
          onShow={(id) => void calls.actions.show(id)}
          onTransfer={() => setTransferring(true)}
          dial={<DialButton client={client} number={call?.number} hotkey="f3" />}
          presence={<PresenceMenu client={client} reasons={reasons} />}
          end={
            <>
              <BreakStatus view={breaksView} onOpen={() => setScreen('my-day')} />
              <IconButton label={t('hard.key')} icon={<IconHeartBroken />} hotkey="f2" pressed={hardOpen} onClick={() => setHardOpen(!hardOpen)} />
              <Button variant="quiet" hotkey="mod+k" onClick={() => search.actions.show()}>
                {t('palette.open')}
              </Button>
            </>
          }
        />
      }
      status={<StatusLine />}
    >
      <ScreenBoundary key={`${screen} ${call?.id ?? ''}`} fallback={(retry) => <FallbackScreen retry={retry} />} onError={(error, where) => reportFault(client, error, where)}>
        <Screen name={screen} call={call} side={side} start={start} startFollowUp={startFollowUp} showCall={showCall} showNews={() => setScreen('whats-new')} />
      </ScreenBoundary>
      <DeskPalette side={side} start={start} show={setScreen} screens={SHOWN} />
      <WellbeingCorner client={client} breaks={breaks} ideas={ideas} callId={call?.id} hardOpen={hardOpen} onHardOpen={setHardOpen} otherwise={screen === 'practise' ? null : <Reminders onCall={startFollowUp} onList={() => setScreen('follow-ups')} />} />
      {transferring && (call?.state === 'talking' || call?.state === 'on-hold') ? <TransferDialog key={call.id} call={call} onEvent={(event) => void calls.actions.event(event)} onClose={() => setTransferring(false)} /> : null}
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </AppFrame>
  );
}

/** To the log: what failed and where, never what was on the screen. */
function reportFault(client: Client, error: Error, where: string): void {
  void client.call('app.report', { message: `${error.name}: ${error.message}`.slice(0, 500), where: where.slice(0, 2_000) }).catch(() => undefined);
}

/** How many promises are overdue, on the rail. */
function badgeOf(id: ScreenName, promises: FollowUpsState, news: number, t: T): Pick<NavItem, 'badge'> {
  if (id === 'whats-new' && news > 0) return { badge: { text: String(news), label: t('news.badge', { count: news }) } };
  if (id !== 'follow-ups' || promises.kind !== 'ready' || promises.overdue === 0) return {};
  return { badge: { text: String(promises.overdue), label: t('follow-up.badge', { count: promises.overdue }) } };
}

/** How much under "What's new" waits for the agent. Read once the desk stands, then whenever something changed. */
function useNewsWaiting(): number {
  const { news, knowledge } = useDesk();
  const state = useStore(news);
  const announcements = useStore(knowledge, (known) => (known.kind === 'ready' ? known.records.announcement : NO_NEWS));
  useEffect(() => void news.actions.load(), [news]);
  return newsCount(announcements, state, Date.now());
}

/** Tells the app once that the first useful picture is painted. */
function useReady(): void {
  const { client, calls, knowledge } = useDesk();
  const loaded = useStore(calls, (state) => state.kind !== 'loading');
  const known = useStore(knowledge, (state) => state.kind === 'ready');
  useEffect(() => {
    if (loaded && known) requestAnimationFrame(() => void client.call('app.ready', {}));
  }, [client, loaded, known]);
}

/** Speaks changes of the call's state to a screen reader; the clock stays silent. */
function useStateAnnouncements(): void {
  const t = useT();
  const announce = useAnnounce();
  const { calls } = useDesk();
  const spoken = useStore(calls, (state) => (state.kind === 'live' ? `${t(`call.state.${state.call.state}`)}|${state.call.name ?? state.call.number ?? t('call.unknown-caller')}` : ''));
  useEffect(() => {
    const [state, who] = spoken.split('|');
    if (state !== undefined && who !== undefined) announce(t('call.announce', { state, who }));
  }, [spoken, announce, t]);
}
