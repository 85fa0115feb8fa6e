export type PowerSignal = 'sleep' | 'wake' | 'lock' | 'unlock';

/** The part of the system's power monitor we use; every part may be missing on some system. */
export type Monitor = { on(name: string, listener: () => void): unknown; removeListener(name: string, listener: () => void): unknown; getSystemIdleTime?: () => number };

/** Names of the system's events, and what they mean here. Lock and unlock exist on macOS and Windows only. */
const SIGNALS: Readonly<Record<string, PowerSignal>> = { suspend: 'sleep', resume: 'wake', 'lock-screen': 'lock', 'unlock-screen': 'unlock' };

export type Power = {
  /** Ms since the last input anywhere; undefined where the system does not say. */
  idleMs(): number | undefined;
  stop(): void;
};

/** Listens to sleep, wake, lock and unlock on Electron's powerMonitor. A system that refuses one of them keeps the others. */
export function watchPower(onSignal: (signal: PowerSignal) => void, monitor: Monitor): Power {
  const stops: (() => void)[] = [];
  for (const [name, signal] of Object.entries(SIGNALS)) {
    const listener = (): void => onSignal(signal);
    try {
      monitor.on(name, listener);
      stops.push(() => void monitor.removeListener(name, listener));
    } catch {
      // This system has no such signal; idle time, ticks and calls still tell.
    }
  }
  return {
    idleMs: () => {
      try {
        const seconds = monitor.getSystemIdleTime?.();
        return seconds === undefined || !Number.isFinite(seconds) ? undefined : seconds * 1_000;
      } catch {
        return undefined;
      }
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
