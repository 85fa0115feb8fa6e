export type Area = { x: number; y: number; width: number; height: number };
export type Monitor = { id: number; bounds: Area; workArea: Area };
export type StripDock = { edge: 'top' | 'bottom'; display?: { id: number; x: number; y: number; width: number; height: number } | undefined };

/** Wider than this the eye has to travel; the rest of the edge stays free for what lies below. */
const WIDEST = 1_280;
const SIDE_GAP = 8;

/**
 * The monitor the strip belongs to: the remembered one by id, else one of the same place and size
 * (ids change over a restart), else the first. A monitor that is unplugged stays remembered.
 */
export function monitorFor(dock: StripDock, monitors: readonly Monitor[], primaryId: number): Monitor | undefined {
  const { display } = dock;
  const same = (monitor: Monitor): boolean => display !== undefined && monitor.bounds.x === display.x && monitor.bounds.y === display.y && monitor.bounds.width === display.width && monitor.bounds.height === display.height;
  return (
    monitors.find((monitor) => monitor.id === display?.id && same(monitor)) ??
    monitors.find(same) ??
    monitors.find((monitor) => monitor.id === display?.id) ??
    monitors.find((monitor) => monitor.id === primaryId) ??
    monitors[0]
  );
}

/** Where the strip goes: along its edge of the work area, in the middle, never beyond it. */
export function placeStrip(dock: StripDock, monitor: Monitor, height: number): Area {
  const { workArea } = monitor;
  const width = Math.max(320, Math.min(WIDEST, workArea.width - 2 * SIDE_GAP));
  const x = Math.round(workArea.x + (workArea.width - width) / 2);
  const y = dock.edge === 'top' ? workArea.y : workArea.y + workArea.height - height;
  return { x, y, width, height };
}

/** Where the agent dropped it: the monitor under its middle, and the nearer edge. */
export function dockAt(bounds: Area, monitors: readonly Monitor[]): StripDock | undefined {
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  const inside = ({ bounds: area }: Monitor): boolean => middle.x >= area.x && middle.x < area.x + area.width && middle.y >= area.y && middle.y < area.y + area.height;
  const monitor = monitors.find(inside);
  if (monitor === undefined) return undefined;
  const edge = middle.y < monitor.workArea.y + monitor.workArea.height / 2 ? 'top' : 'bottom';
  return { edge, display: { id: monitor.id, ...pick(monitor.bounds) } };
}

/** Enough of a window's top to take hold of (px). */
const GRIP = { width: 120, height: 24 } as const;

/** Whether a remembered window would have its title bar on one of the monitors. */
export function isReachable(window: Area, workAreas: readonly Area[]): boolean {
  return workAreas.some((area) => {
    const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
    return across >= Math.min(GRIP.width, window.width) && window.y >= area.y - GRIP.height && window.y + GRIP.height <= area.y + area.height;
  });
}

function pick({ x, y, width, height }: Area): Area {
  return { x, y, width, height };
}

/** 48 px with ordinary text, up to 56 with large text: it never grows into the window below. */
export function stripHeight(textSize: number): number {
  return Math.round(48 + 8 * Math.min(1, Math.max(0, (textSize - 100) / 50)));
}
