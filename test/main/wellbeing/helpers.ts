import { createBreakRunner, type BreakConfig, type CallNow, type PlannerSave, type StoredPlanner } from '#main/features/wellbeing/index.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import type { BreaksView } from '#shared/ipc/wellbeing.ts';

export const CONFIG: BreakConfig = { rules: DEFAULT_RULES, hours: null, asks: { perDay: 0, everyMs: 7_200_000, shiftStart: false, shiftEnd: false }, support: null };
export const MINUTE = 60_000;

/** A desk without Electron: its clocks, its records and its windows are all here. */
export function testDesk(config: BreakConfig = CONFIG, disk: { stored?: StoredPlanner | undefined; saves: PlannerSave[]; failing?: boolean } = { saves: [] }) {
  let wall = Date.UTC(2026, 10, 23, 8);
  let mono = 1_000;
  let ids = disk.saves.length * 1_000;
  let call: CallNow = { phase: 'none' };
  const views: BreaksView[] = [];
  const sounds: string[] = [];
  const reasons: (string | null)[] = [];
  const warnings: string[] = [];
  const runner = createBreakRunner(
    {
      now: () => ({ wall, mono, offset: 0 }),
      newId: () => `id-${(ids += 1)}`,
      load: () => Promise.resolve(disk.stored),
      save: (save) => {
        if (disk.failing === true) return Promise.reject(new Error('disk full'));
        disk.saves.push(save);
        disk.stored = { life: save.life, seq: save.seq, data: save.data };
        return Promise.resolve();
      },
      call: () => Promise.resolve(call),
      publish: (view) => views.push(view),
      sound: (name) => sounds.push(name),
      notReady: (reason) => reasons.push(reason),
      warn: (message) => warnings.push(message),
    },
    config,
  );
  return {
    runner, disk, views, sounds, reasons, warnings,
    view: () => runner.view(),
    entries: () => disk.saves.flatMap((save) => save.entries),
    /** Lets time pass as the process sees it: with its own ticks and, where given, input all along. */
    pass: (ms: number, input = false): void => {
      for (let left = ms; left > 0;) {
        const step = Math.min(left, runner.interval(), input ? 4_000 : left);
        wall += step;
        mono += step;
        left -= step;
        runner.tick();
        if (input) runner.signal('input');
      }
    },
    /** The process stands still: sleep, or a clock that is set. */
    jump: (wallMs: number, monoMs = 0): void => { wall += wallMs; mono += monoMs; },
    restart: (afterMs: number) => { wall += afterMs; mono = 5; },
    setCall: async (phase: CallNow['phase'], callId = 'call-1'): Promise<void> => {
      call = phase === 'none' ? { phase } : { phase, callId };
      await runner.callsChanged();
    },
    now: () => wall,
    setClock: (at: number) => { wall = at; },
  };
}
