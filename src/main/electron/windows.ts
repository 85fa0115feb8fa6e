import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron';
import { isReachable } from './strip-window-place.ts';

export type WindowBounds = { width: number; height: number; x?: number | undefined; y?: number | undefined; maximized: boolean };

export type Windows = {
  /** Ids of our own contents; the sender check reads it. */
  readonly ownIds: ReadonlySet<number>;
  openMain(bounds: WindowBounds): BrowserWindow;
  main(): BrowserWindow | undefined;
  /** Opens another page of ours with the same locks as the main window; hidden until shown. */
  openPage(options: BrowserWindowConstructorOptions, page: string): BrowserWindow;
  /** Makes the main window visible for a call without taking the focus from where the agent types. */
  popMain(): void;
  /** Brings the main window forward, because a person asked for it. */
  focusMain(): void;
};

/** Background per theme, painted before the page is there, so that no white flash meets tired eyes. */
const BACKGROUND = { light: '#f6f5f2', dark: '#16191b' } as const;

export function createWindows(preload: string, onBounds: (bounds: WindowBounds) => void): Windows {
  const ownIds = new Set<number>();
  let mainWindow: BrowserWindow | undefined;

  const open = (options: BrowserWindowConstructorOptions, page: string): BrowserWindow => {
    const window = new BrowserWindow({
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      ...options,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        safeDialogs: true,
        // A hidden window must still keep its call clock and note timers honest.
        backgroundThrottling: false,
        devTools: !app.isPackaged,
      },
    });
    const { id } = window.webContents;
    ownIds.add(id);
    window.on('closed', () => ownIds.delete(id));
    window.setMenuBarVisibility(false);
    // `about:blank` is committed without asking any handler: whoever got a page there gets ours back.
    window.webContents.on('did-navigate', (_event, url) => {
      if (!url.startsWith('app://callside/')) void window.loadURL(page);
    });
    void window.loadURL(page);
    return window;
  };

  return {
    ownIds,
    main: () => mainWindow,
    openPage: open,
    popMain: () => {
      if (mainWindow === undefined) return;
      if (!mainWindow.isVisible() || mainWindow.isMinimized()) mainWindow.showInactive();
      if (!mainWindow.isFocused()) mainWindow.flashFrame(true);
    },
    focusMain: () => {
      if (mainWindow === undefined) return;
      if (mainWindow.isMinimized()) mainWindow.restore();
      mainWindow.show();
      mainWindow.focus();
    },
    openMain: (bounds) => {
      const { maximized, x, y, width, height } = bounds;
      // A monitor that is gone must not hide the window: then the system chooses the place.
      const known = x !== undefined && y !== undefined && isReachable({ x, y, width, height }, screen.getAllDisplays().map((display) => display.workArea));
      const place = known ? { x, y } : {};
      const window = open({ width, height, ...place, minWidth: 960, minHeight: 600, title: 'Callside' }, 'app://callside/index.html');
      mainWindow = window;
      if (maximized) window.maximize();
      const report = (): void => {
        if (window.isMinimized() || window.isDestroyed()) return;
        onBounds({ ...window.getNormalBounds(), maximized: window.isMaximized() });
      };
      window.on('resized', report);
      window.on('moved', report);
      window.on('maximize', report);
      window.on('unmaximize', report);
      window.on('closed', () => {
        mainWindow = undefined;
      });
      window.on('focus', () => window.flashFrame(false));
      window.once('ready-to-show', () => window.show());
      return window;
    },
  };
}

/** The preload file beside the built main file. */
export function preloadFile(mainDir: string): string {
  return join(mainDir, '../preload/index.cjs');
}
