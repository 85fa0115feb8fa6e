import { screen, type BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { dockAt, monitorFor, placeStrip, stripHeight, type StripDock } from './strip-window-place.ts';

export type StripWindow = {
  /** Shows or hides it, puts it where it belongs. Showing never takes the focus. */
  apply(wanted: { shown: boolean; dock: StripDock; textSize: number }): void;
  /** By the agent's own key: shows it and gives it the keyboard; a second time hides it. */
  summon(): void;
  window(): BrowserWindow | undefined;
  close(): void;
};

export type StripOptions = {
  openPage: (options: BrowserWindowConstructorOptions, page: string) => BrowserWindow;
  /** The agent dragged it elsewhere, or switched it on or off by key. */
  onDock: (dock: StripDock) => void;
  onShown: (shown: boolean) => void;
};

const PAGE = 'app://callside/index.html#strip';
/** A drag ends when it rests this long (ms); not every system says so. */
const DRAG_REST_MS = 400;

/** The compact bar above other windows. It is never focused by anything but the agent's click or key. */
export function createStripWindow({ openPage, onDock, onShown }: StripOptions): StripWindow {
  let strip: BrowserWindow | undefined;
  let dock: StripDock = { edge: 'top' };
  let textSize = 100;
  let placing = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const place = (): void => {
    const monitor = monitorFor(dock, screen.getAllDisplays(), screen.getPrimaryDisplay().id);
    if (strip === undefined || monitor === undefined) return;
    placing = true;
    strip.setBounds(placeStrip(dock, monitor, stripHeight(textSize)));
    setTimeout(() => (placing = false), DRAG_REST_MS);
  };
  const dropped = (): void => {
    if (strip === undefined || placing) return;
    const next = dockAt(strip.getBounds(), screen.getAllDisplays());
    if (next !== undefined) {
      dock = next;
      onDock(next);
    }
    place();
  };
  const moved = (): void => {
    if (placing) return;
    clearTimeout(rest);
    rest = setTimeout(dropped, DRAG_REST_MS);
  };

  const open = (): BrowserWindow => {
    const height = stripHeight(textSize);
    const window = openPage(
      {
        title: 'Callside strip', width: 900, height, minHeight: height, frame: false, resizable: false, minimizable: false, maximizable: false, fullscreenable: false,
        skipTaskbar: true, alwaysOnTop: true, acceptFirstMouse: true, show: false, hasShadow: true,
      },
      PAGE,
    );
    window.setAlwaysOnTop(true, 'floating');
    if (process.platform !== 'win32') window.setVisibleOnAllWorkspaces(true);
    window.on('move', moved);
    window.on('closed', () => {
      clearTimeout(rest);
      strip = undefined;
    });
    // The page's own close button of some desktops: the strip is put away, not destroyed.
    window.once('ready-to-show', () => {
      place();
      if (wanted) window.showInactive();
    });
    return window;
  };

  let wanted = false;
  const show = (): void => {
    wanted = true;
    if (strip === undefined) strip = open();
    else if (!strip.isVisible()) {
      place();
      strip.showInactive();
    }
  };
  const hide = (): void => {
    wanted = false;
    strip?.hide();
  };

  screen.on('display-added', place);
  screen.on('display-removed', place);
  screen.on('display-metrics-changed', place);

  return {
    window: () => strip,
    apply: (next) => {
      const moves = JSON.stringify([next.dock, next.textSize]) !== JSON.stringify([dock, textSize]);
      dock = next.dock;
      textSize = next.textSize;
      if (next.shown) show();
      else hide();
      if (moves) place();
    },
    summon: () => {
      if (strip?.isVisible() === true && strip.isFocused()) {
        onShown(false);
        return;
      }
      show();
      const window = strip;
      if (window === undefined) return;
      if (window.isVisible()) window.focus();
      else window.once('show', () => window.focus());
      onShown(true);
    },
    close: () => {
      screen.off('display-added', place);
      screen.off('display-removed', place);
      screen.off('display-metrics-changed', place);
      strip?.destroy();
    },
  };
}
