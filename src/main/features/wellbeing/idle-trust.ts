/** Idle times are believed once they were seen to grow this far; some systems (Wayland) report 0 for ever. */
const GROWN_MS = 5_000;

/** Passes system idle times on only where the system is known to measure them. */
export function createIdleTrust(): (idleMs: number | undefined) => number | undefined {
  let trusted = false;
  return (idleMs) => {
    if (idleMs === undefined || !Number.isFinite(idleMs) || idleMs < 0) return undefined;
    trusted ||= idleMs >= GROWN_MS;
    return trusted ? idleMs : undefined;
  };
}
