import { RECOVERY_SIZES, type SupportContacts } from '#shared/domain/wellbeing/hard-call.ts';
import type { PlannerEffect, PlannerEvent } from '#shared/domain/wellbeing/events.ts';
import type { Now } from '#shared/domain/wellbeing/hours.ts';
import { planBreaks } from '#shared/domain/wellbeing/planner.ts';
import type { BreakRules, HardCallKind, WorkingHours } from '#shared/domain/wellbeing/rules.ts';
import { initialPlanner, isLivePhase, type CallPhase, type PlannerState } from '#shared/domain/wellbeing/state.ts';
import type { BreakAction, BreakRefusal, BreaksView } from '#shared/ipc/wellbeing.ts';
import { nextAsk, type AskConfig } from './asks.ts';
import type { LogEntry, PlannerSave, StoredPlanner } from './planner-store.ts';
import { NO_SIDE, readStored, type Side } from './stored.ts';
import { viewOf } from './view.ts';

export type BreakConfig = { rules: BreakRules; hours: WorkingHours; asks: AskConfig; support: SupportContacts | null };
export type CallNow = { phase: CallPhase; callId?: string | undefined };

/** What the runner needs of the world; tests put their own in. */
export type RunnerHost = {
  now(): Now;
  newId(): string;
  load(): Promise<StoredPlanner | undefined>;
  save(save: PlannerSave): Promise<void>;
  /** The call in front, as the records know it. */
  call(): Promise<CallNow>;
  publish(view: BreaksView): void;
  sound(name: 'card' | 'break-over'): void;
  /** Sets the not-ready reason, null takes it back. */
  notReady(reason: 'break' | 'lunch' | 'recovery' | null): void;
  warn(message: string): void;
};

export type BreakRunner = {
  /** Reads what was stored and takes up the day where it was. */
  start(): Promise<void>;
  /** Time passed. `idleMs`: since the last input anywhere, where the system says so. */
  tick(idleMs?: number): void;
  /** Ms until the next tick should come. */
  interval(): number;
  signal(type: 'lock' | 'unlock' | 'sleep' | 'wake' | 'input'): void;
  dnd(on: boolean): void;
  /** Calls changed: looks again. */
  callsChanged(): Promise<void>;
  /** The agent recorded an abusive call: a mark like the button's. */
  markHardCall(kind: HardCallKind, callId?: string): void;
  act(action: BreakAction): Promise<{ refused?: BreakRefusal; view: BreaksView }>;
  configure(config: BreakConfig): void;
  view(): BreaksView;
  /** Everything was erased: forgets the day as well. */
  reset(): void;
  /** Waits until what was to be stored is stored, or failed. */
  settled(): Promise<void>;
};

const TICK_MS = 5_000;
const LIVELY_TICK_MS = 1_000;

/** Runs the planner against the real day: feeds it what happens, does what it says, stores it after each step. */
export function createBreakRunner(host: RunnerHost, initial: BreakConfig): BreakRunner {
  let config = initial;
  let planner: PlannerState = initialPlanner(config.rules, config.hours);
  let side: Side = NO_SIDE;
  let life = host.newId();
  let seq = 0;
  let callId: string | undefined;
  let shown = '';
  let entries: LogEntry[] = [];
  let dirty = false;
  let saving: Promise<void> | undefined;
  let warned = false;
  let ready: Promise<void> | undefined;
  let started = false;

  const view = (): BreaksView => viewOf(planner, side, config.support, host.now().wall);

  const feed = (event: PlannerEvent): BreakRefusal | undefined => {
    const now = host.now();
    const next = planBreaks(planner, event, now);
    planner = next.state;
    let refused: BreakRefusal | undefined;
    for (const effect of next.effects) refused = perform(effect) ?? refused;
    side = nextAsk(planner, side, config.asks, now);
    changed();
    return refused;
  };

  const perform = (effect: PlannerEffect): BreakRefusal | undefined => {
    switch (effect.type) {
      case 'refused': return effect.reason;
      case 'sound': host.sound(effect.name); return undefined;
      case 'notReady': host.notReady(effect.reason); return undefined;
      case 'record': entries.push({ type: 'break', id: host.newId(), entry: { ...effect.entry, ms: Math.max(0, effect.entry.ms) } }); return undefined;
      case 'dayClosed': entries.push({ type: 'day', at: Math.max(0, Math.round(host.now().wall)), ledger: effect.ledger }); return undefined;
      case 'dailyLimit': side = { ...side, limitMs: effect.limitMs }; return undefined;
      case 'breakStarted': if (effect.kind === 'recovery' && side.hardCall !== null) side = { ...side, hardCall: { ...side.hardCall, settled: true } }; return undefined;
      case 'hideCard': if (effect.why === 'skipped' && side.hardCall !== null) side = { ...side, hardCall: { ...side.hardCall, settled: true } }; return undefined;
      // The view says the rest: it is made of the state.
      case 'clock': case 'showCard': case 'breakEnded': case 'clockChanged': return undefined;
      default: return effect satisfies never;
    }
  };

  const changed = (): void => {
    dirty = true;
    void flush();
    const next = view();
    const text = JSON.stringify(next);
    if (text === shown) return;
    shown = text;
    host.publish(next);
  };

  const flush = (): Promise<void> => {
    if (!started) return Promise.resolve();
    saving ??= store().finally(() => { saving = undefined; });
    return saving;
  };
  /** One save under way at a time; what happens meanwhile goes with the next. */
  const store = async (): Promise<void> => {
    while (dirty) {
      dirty = false;
      const batch = entries;
      entries = [];
      seq += 1;
      try {
        await host.save({ life, seq, at: Math.max(0, Math.round(host.now().wall)), data: JSON.stringify({ planner, side }), entries: batch });
        warned = false;
      } catch {
        // Kept for the next tick: entries have ids of their own, so that a second try changes nothing.
        entries = [...batch, ...entries];
        if (!warned) host.warn('the state of the break planner could not be stored; it is tried again');
        warned = true;
        return;
      }
    }
  };

  const setCall = ({ phase, callId: id }: CallNow): void => {
    callId = id ?? callId;
    if (phase !== planner.phase) feed({ type: 'call', phase });
  };
  const callsChanged = async (): Promise<void> => {
    if (!started) return;
    try {
      setCall(await host.call());
    } catch {
      host.warn('the break planner could not learn the state of the call');
    }
  };

  const mark = (kind: HardCallKind, about: string | undefined): void => {
    const before = side.hardCall;
    const again = before !== null && about !== undefined && before.callId === about;
    const id = again ? before.id : host.newId();
    const at = again ? before.at : Math.max(0, Math.round(host.now().wall));
    side = { ...side, hardCall: { id, at, kind, direct: !isLivePhase(planner.phase), settled: false, ...(about === undefined ? {} : { callId: about }) } };
    entries.push({ type: 'hardCall', id, at, kind, ...(about === undefined ? {} : { callId: about }) });
    // The rules grant one pause per call, however often its mark is corrected.
    if (again && planner.recovery !== null) changed();
    else feed({ type: 'hardCall', kind, lengthMs: RECOVERY_SIZES[kind].offerMs });
  };

  const apply = (action: BreakAction): BreakRefusal | undefined => {
    switch (action.type) {
      case 'hardCall':
        mark(action.kind, action.callId ?? (planner.phase === 'none' ? undefined : callId));
        return undefined;
      case 'checkIn': {
        if (isLivePhase(planner.phase)) return 'inCall';
        const at = Math.max(0, Math.round(host.now().wall));
        entries.push({ type: 'checkIn', id: host.newId(), at, value: action.value, note: action.note ?? '' });
        side = { ...side, lastCheckIn: { at, value: action.value }, ask: side.ask?.what === 'check-in' ? null : side.ask };
        changed();
        return undefined;
      }
      case 'dropAsk':
        side = { ...side, ask: null };
        changed();
        return undefined;
      case 'dropOffer':
        if (side.hardCall !== null) side = { ...side, hardCall: { ...side.hardCall, settled: true } };
        changed();
        return undefined;
      case 'take': {
        const { type, kind, lengthMs, byKey } = action;
        return feed({ type, kind, ...(lengthMs === undefined ? {} : { lengthMs }), ...(byKey === undefined ? {} : { byKey }) });
      }
      case 'postpone': return feed({ type: 'postpone', ms: action.ms, ...(action.byKey === undefined ? {} : { byKey: action.byKey }) });
      case 'skip': return feed({ type: 'skip', ...(action.reason === undefined ? {} : { reason: action.reason }), ...(action.byKey === undefined ? {} : { byKey: action.byKey }) });
      case 'pause': return feed(action.ms === undefined ? { type: 'pause' } : { type: 'pause', ms: action.ms });
      case 'finish': case 'resumeSkipped': case 'unpause': return feed({ type: action.type });
      default: return action satisfies never;
    }
  };

  const takeUp = async (): Promise<void> => {
    const stored = await host.load().catch(() => undefined);
    const read = stored === undefined ? undefined : readStored(stored.data);
    if (stored !== undefined && read !== undefined) {
      life = stored.life;
      seq = stored.seq;
      planner = read.planner;
      side = read.side;
    }
    started = true;
    feed({ type: 'boot' });
    applyConfig();
    await callsChanged();
  };
  const applyConfig = (): void => {
    if (JSON.stringify(planner.rules) !== JSON.stringify(config.rules)) feed({ type: 'rules', rules: config.rules });
    if (JSON.stringify(planner.hours) !== JSON.stringify(config.hours)) feed({ type: 'hours', hours: config.hours });
    changed();
  };

  return {
    start: () => (ready ??= takeUp()),
    tick: (idleMs) => { if (started) feed(idleMs === undefined ? { type: 'tick' } : { type: 'idle', ms: idleMs }); },
    interval: () => (planner.card !== null || planner.running !== null || side.ask !== null ? LIVELY_TICK_MS : TICK_MS),
    signal: (type) => { if (started) feed({ type }); },
    dnd: (on) => { if (started && planner.dnd !== on) feed({ type: 'dnd', on }); },
    callsChanged,
    markHardCall: mark,
    act: async (action) => {
      await ready;
      const refused = apply(action);
      // The answer means it is stored: a screen that reads again now must find it.
      await flush();
      return { ...(refused === undefined ? {} : { refused }), view: view() };
    },
    configure: (next) => {
      config = next;
      if (started) applyConfig();
    },
    view,
    reset: () => {
      const { phase, locked, asleep, idleKnown } = planner;
      life = host.newId();
      seq = 0;
      entries = [];
      side = NO_SIDE;
      planner = { ...initialPlanner(config.rules, config.hours), phase, locked, asleep, idleKnown };
      changed();
    },
    settled: async () => { await ready; await flush(); },
  };
}
