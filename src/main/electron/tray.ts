import { Menu, nativeImage, Notification, Tray, type MenuItemConstructorOptions } from 'electron';
import type { CallState } from '#shared/domain/calls/machine.ts';

/** Colours of the call states, as the screens have them. */
const COLOURS: Readonly<Record<CallState | 'idle', readonly [number, number, number]>> = {
  idle: [13, 90, 97], ringing: [168, 100, 0], talking: [28, 116, 71], 'on-hold': [106, 75, 176], 'wrap-up': [39, 99, 165], ended: [13, 90, 97],
};
const SIZE = 32;

export type TrayState = { call: CallState | 'idle'; strip: boolean; notReady: string | undefined };
export type TrayWords = {
  state: Readonly<Record<CallState | 'idle', string>>;
  open: string; strip: string; notReady: string; ready: string; quit: string;
  hint: { title: string; text: string };
};
export type TrayActions = { open: () => void; strip: () => void; notReady: (reason: string | undefined) => void; quit: () => void };
export type NotReadyReason = { id: string; label: string };

export type DeskTray = { update(state: TrayState, words: TrayWords, reasons: readonly NotReadyReason[]): void; hint(words: TrayWords): void; close(): void };

/** Linux desktops that show a tray by themselves. Elsewhere a closed window would be gone for good. */
const WITH_TRAY = /\b(?:kde|xfce|lxqt|mate|x-cinnamon|cinnamon|budgie|unity|pantheon|ubuntu)\b/i;

/** Whether there is a tray to go to. `CALLSIDE_TRAY` = 1 or 0 overrules, for desktops we judge wrongly. */
export function trayIsThere(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (env['CALLSIDE_TRAY'] === '1' || env['CALLSIDE_TRAY'] === '0') return env['CALLSIDE_TRAY'] === '1';
  if (platform !== 'linux') return true;
  return (env['DBUS_SESSION_BUS_ADDRESS'] ?? '').startsWith('unix:') && WITH_TRAY.test(env['XDG_CURRENT_DESKTOP'] ?? '');
}

/** State in the tray, and the few things an agent wants without opening the window. */
export function createTray(actions: TrayActions): DeskTray {
  const tray = new Tray(icon('idle'));
  tray.on('click', actions.open);
  let shown = '';
  return {
    close: () => tray.destroy(),
    hint: ({ hint }) => {
      if (Notification.isSupported()) new Notification({ title: hint.title, body: hint.text, silent: true }).show();
    },
    update: (state, words, reasons) => {
      const text = JSON.stringify([state, words, reasons]);
      if (text === shown) return;
      shown = text;
      tray.setImage(icon(state.call));
      tray.setToolTip(`Callside: ${words.state[state.call]}`);
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, words, reasons, actions)));
    },
  };
}

/** The menu as data. */
export function trayMenu(state: TrayState, words: TrayWords, reasons: readonly NotReadyReason[], actions: TrayActions): MenuItemConstructorOptions[] {
  const live = state.call === 'ringing' || state.call === 'talking' || state.call === 'on-hold';
  return [
    { label: words.state[state.call], enabled: false },
    { type: 'separator' },
    { label: words.open, click: actions.open },
    { label: words.strip, type: 'checkbox', checked: state.strip, click: actions.strip },
    {
      label: words.notReady,
      enabled: !live,
      submenu: [
        { label: words.ready, type: 'radio', checked: state.notReady === undefined, click: () => actions.notReady(undefined) },
        ...reasons.map((reason): MenuItemConstructorOptions => ({ label: reason.label, type: 'radio', checked: state.notReady === reason.id, click: () => actions.notReady(reason.id) })),
      ],
    },
    { type: 'separator' },
    { label: words.quit, click: actions.quit },
  ];
}

/** A filled disc with a ring in the colour of the state: readable at 16 px on light and dark bars. */
function icon(state: CallState | 'idle'): Electron.NativeImage {
  const [red, green, blue] = COLOURS[state];
  const pixels = Buffer.alloc(SIZE * SIZE * 4);
  const centre = (SIZE - 1) / 2;
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const distance = Math.hypot(x - centre, y - centre);
      const ring = distance > centre - 4 && distance <= centre;
      if (!ring && distance > centre - 8) continue;
      // BGRA
      pixels.set([blue, green, red, 255], (y * SIZE + x) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: SIZE, height: SIZE, scaleFactor: 2 });
}
