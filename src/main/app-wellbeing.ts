import { randomUUID } from 'node:crypto';
import { app, powerMonitor } from 'electron';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { EventName, EventPayload } from '#shared/ipc/events.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { BreaksView } from '#shared/ipc/wellbeing.ts';
import { translatorFor } from './translator.ts';
import { createCardNotice } from './electron/card-notice.ts';
import { createDoNotDisturb, type DoNotDisturb } from './electron/do-not-disturb.ts';
import { watchPower, type Monitor } from './electron/power.ts';
import type { Windows } from './electron/windows.ts';
import { breakConfig, createBreakRunner, createIdleTrust, testRules, type BreakRunner } from './features/wellbeing/index.ts';
import type { Logger } from './lib/logger.ts';
import type { Host } from './processes/host.ts';
import { plannerCall, plannerCallReply, plannerLoadReply } from './processes/wellbeing-handlers.ts';

export type WellbeingParts = {
  records: Host;
  settings: () => Settings;
  publish: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  log: Pick<Logger, 'warn'>;
  /** The window cards are shown in: whether it can be seen, and how it is brought when an agent asks for it. */
  windows: Pick<Windows, 'main' | 'focusMain'>;
  /** Whether the system is set to "do not disturb"; the real one when absent. */
  doNotDisturb?: DoNotDisturb;
  /** Tells the telephone system, where one can be told; null: takes calls again. */
  tellTelephony?: (reason: 'break' | 'lunch' | null) => void;
};

export type Wellbeing = {
  handlers: Pick<Handlers<AppContract, 'main'>, Extract<keyof Handlers<AppContract, 'main'>, `breaks.${string}`>>;
  /** What the records process announces; the planner listens along. */
  onRecordsEvent(name: string, payload: unknown): void;
  settingsChanged(settings: Settings): void;
  start(): void;
  /** Stores what is left. Call before the records process closes. */
  close(): Promise<void>;
};

/** How often the system is asked for "do not disturb": while no break is near, and while one is (ms). */
const QUIET_DND_MS = 120_000;
const NEAR_DND_MS = 15_000;

/** Longest wait for the last state to be stored (ms). */
const CLOSE_MS = 1_500;

/** The break planner of this desk: its clock, the system's signals, the records, the windows. */
export function createWellbeing({ records, settings, publish, log, windows, doNotDisturb = createDoNotDisturb(process.platform), tellTelephony }: WellbeingParts): Wellbeing {
  const rules = testRules(process.env['CALLSIDE_TEST_BREAKS'], app.isPackaged);
  const trust = createIdleTrust();
  const call = (route: string, input: unknown): Promise<unknown> => records.call(route, input, randomUUID());
  const notice = createCardNotice(windows.focusMain);
  /** With the strip on screen the card is answered there; with neither, the system says it in one quiet message. */
  const noticeCard = ({ card }: BreaksView): void => {
    const window = windows.main();
    const seen = settings().strip.shown || (window !== undefined && window.isVisible() && !window.isMinimized());
    if (card === null || seen) return notice.clear();
    const t = translatorFor(settings().language);
    const length = t('breaks.minutes', { minutes: Math.max(1, Math.round(card.lengthMs / 60_000)) });
    notice.tell(card.id, t('breaks.card.now', { kind: t(`breaks.kind.${card.kind}`), length }), t(`breaks.card.lead.${card.kind}`));
  };
  const runner: BreakRunner = createBreakRunner(
    {
      now: () => ({ mono: performance.now(), wall: Date.now(), offset: -new Date().getTimezoneOffset() }),
      newId: randomUUID,
      load: async () => plannerLoadReply.parse(await call(plannerCall.load, {})) ?? undefined,
      save: async (save) => void (await call(plannerCall.save, save)),
      call: async () => plannerCallReply.parse(await call(plannerCall.call, {})),
      publish: (view) => {
        publish('breaks.changed', view);
        noticeCard(view);
      },
      sound: (name) => publish('breaks.sound', { name }),
      notReady: (planned) => {
        // A pause after a hard call is a break to everybody else: aux codes are read by supervisors.
        const reason = planned === 'recovery' ? 'break' : planned;
        call(plannerCall.presence, { reason }).catch(() => log.warn('the not-ready reason could not be stored'));
        tellTelephony?.(reason);
      },
      warn: (message) => log.warn(message),
    },
    breakConfig(settings(), rules),
  );

  let power: ReturnType<typeof watchPower> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  /** Asked more often while a card is near: that is when it matters. */
  const askSystem = (): void => {
    const wait = runner.view().level === 'calm' ? QUIET_DND_MS : NEAR_DND_MS;
    if (performance.now() - asked < wait) return;
    asked = performance.now();
    void doNotDisturb().then((on) => runner.dnd(on ?? false), () => undefined);
  };
  const beat = (): void => {
    askSystem();
    runner.tick(trust(power?.idleMs()));
    timer = setTimeout(beat, rules === undefined ? runner.interval() : Math.min(1_000, runner.interval()));
  };

  return {
    handlers: {
      'breaks.view': () => runner.view(),
      'breaks.do': (action) => runner.act(action),
      'breaks.ping': () => {
        runner.signal('input');
        return {};
      },
    },
    onRecordsEvent: (name, payload) => {
      if (name === 'calls.changed') void runner.callsChanged();
      else if (name === 'breaks.erased') runner.reset();
      else if (name === 'recovery.offered') {
        const { size, callId } = payload as EventPayload<'recovery.offered'>;
        runner.markHardCall(size, callId);
      }
    },
    settingsChanged: (next) => runner.configure(breakConfig(next, rules)),
    start: () => {
      power = watchPower((signal) => runner.signal(signal), powerMonitor as unknown as Monitor);
      void runner.start().then(beat);
    },
    close: async () => {
      clearTimeout(timer);
      power?.stop();
      notice.clear();
      // Records that never answer must not keep the app from closing; the last tick is stored anyway.
      await Promise.race([runner.settled(), new Promise<void>((done) => setTimeout(done, CLOSE_MS))]);
    },
  };
}
