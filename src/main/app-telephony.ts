import { randomUUID } from 'node:crypto';
import { app, shell, type BrowserWindow } from 'electron';
import { mentionsCall, parseArguments, parseCallAddress } from '#shared/domain/telephony/arguments.ts';
import { dialAddress } from '#shared/domain/telephony/dial.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { Settings, SettingsPatch } from '#shared/domain/settings.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers, OutputOf } from '#shared/ipc/define.ts';
import type { EventName, EventPayload } from '#shared/ipc/events.ts';
import type { StripView, TelephonyStatus } from '#shared/ipc/telephony.ts';
import { createDeskTray } from './app-tray.ts';
import { claimLinks, type OpenedLinks } from './electron/deep-links.ts';
import { handedOver } from './electron/hand-over.ts';
import { createShortcuts } from './electron/shortcuts.ts';
import { createStripWindow } from './electron/strip-window.ts';
import { openTelephonySecrets } from './electron/telephony-secrets.ts';
import type { Windows } from './electron/windows.ts';
import { createTelephonyService, recordsOver } from './features/telephony/index.ts';
import { allowedExternal } from './lib/external-address.ts';
import type { Logger } from './lib/logger.ts';
import type { Host } from './processes/host.ts';

export type TelephonyParts = {
  dataDir: string;
  records: Host;
  knowledge: Host;
  windows: Windows;
  settings: { get(): Settings; update(patch: SettingsPatch): Settings };
  /** How the organisation tells its telephone system that the desk takes no calls. */
  notReady: () => Policy['notReady'];
  publish: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  links: OpenedLinks;
  log: Logger;
};

type TelephonyRoutes = Extract<keyof Handlers<AppContract, 'main'>, `telephony.${string}` | `strip.${string}`>;
export type DeskTelephony = {
  handlers: Pick<Handlers<AppContract, 'main'>, TelephonyRoutes>;
  /** Opens every entrance; the main window is there by now. */
  start(main: BrowserWindow, openMain: () => BrowserWindow): void;
  settingsChanged(settings: Settings): void;
  knowledgeChanged(): void;
  /** Tells the telephone system that the desk takes no calls; null: takes them again. */
  notReady(reason: string | null): void;
  close(): Promise<void>;
};

/** Everything through which a telephone reaches this desk, with the strip, the tray and the keys that work everywhere. */
export function createTelephony({ dataDir, records, knowledge, windows, settings, notReady, publish, links, log }: TelephonyParts): DeskTelephony {
  const secrets = openTelephonySecrets(dataDir);
  let view: StripView = {};
  let started = false;
  let claimed = false;
  let shortcutStatus: TelephonyStatus['shortcuts'] = { strip: 'off', search: 'off' };

  const status = (): TelephonyStatus => ({
    http: service.http(),
    ami: service.ami(),
    token: secrets.token(),
    passwordSet: secrets.password() !== '',
    program: { path: process.env['APPIMAGE'] ?? process.execPath, arguments: app.isPackaged ? [] : [app.getAppPath()] },
    links: claimed,
    shortcuts: shortcutStatus,
  });
  const changed = (): void => publish('telephony.changed', status());
  const service = createTelephonyService({
    // The route's own contract types the reply; the records process answered it.
    records: recordsOver(async (route, input) => (await records.call(route, input, randomUUID())) as OutputOf<AppContract, typeof route>),
    secrets,
    now: Date.now,
    onStarted: () => windows.popMain(),
    onSaid: (said) => publish('telephony.said', said),
    notReady,
    onState: () => changed(),
    onHeard: (heard) => publish('telephony.heard', heard),
    warn: (message, details) => log.warn(message, details),
  });

  const strip = createStripWindow({
    openPage: windows.openPage,
    onDock: ({ edge, display }) => settings.update({ strip: { ...settings.get().strip, edge, ...(display === undefined ? {} : { display }) } }),
    onShown: (shown) => settings.update({ strip: { ...settings.get().strip, shown } }),
  });
  const search = (text: string): void => {
    windows.focusMain();
    publish('strip.command', { kind: 'search', text });
  };
  const shortcuts = createShortcuts({ strip: () => strip.summon(), search: () => search('') });
  const tray = createDeskTray({
    knowledge, records, windows, settings,
    onNotReady: (reason) => service.notReady(reason),
    onPresence: (presence) => publish('telephony.presence', presence),
    toggleStrip: () => settings.update({ strip: { ...settings.get().strip, shown: !settings.get().strip.shown } }),
  });

  const fromArguments = (argv: unknown): boolean => {
    const event = parseArguments(argv);
    if (event !== undefined) service.accept(event, 'arguments');
    else if (mentionsCall(argv)) service.unreadable('arguments');
    else return false;
    return true;
  };

  let keys = '';
  const apply = (next: Settings): void => {
    service.configure(next.telephony);
    strip.apply({ shown: next.strip.shown, dock: next.strip, textSize: next.textSize });
    tray.update(view.call?.state ?? 'idle');
    const wanted = JSON.stringify(next.shortcuts);
    if (wanted === keys) return;
    keys = wanted;
    shortcutStatus = shortcuts.apply(next.shortcuts);
    changed();
  };

  const listenOutside = (openMain: () => BrowserWindow): void => {
    app.on('second-instance', (_event, argv, _directory, additional) => {
      if (windows.main() === undefined) openMain();
      if (!fromArguments(handedOver(argv, additional))) windows.focusMain();
    });
    links.listen((address) => {
      const event = parseCallAddress(address);
      if (event === undefined) service.unreadable('link');
      else service.accept(event, 'link');
    });
    fromArguments(process.argv.slice(1));
  };

  return {
    settingsChanged: (next) => {
      if (started) apply(next);
    },
    knowledgeChanged: () => tray.readReasons(),
    notReady: (reason) => {
      service.notReady(reason ?? undefined);
      tray.notReady(reason ?? undefined);
    },
    start: (main, openMain) => {
      started = true;
      claimed = claimLinks();
      tray.begin();
      tray.guard(main, () => strip.close());
      // The window first: the strip must not make the first picture later.
      if (main.isVisible()) apply(settings.get());
      else main.once('show', () => apply(settings.get()));
      listenOutside(() => {
        const window = openMain();
        tray.guard(window, () => strip.close());
        return window;
      });
    },
    close: async () => {
      shortcuts.release();
      tray.close();
      strip.close();
      await service.close();
    },
    handlers: {
      'telephony.status': status,
      'telephony.new-token': () => {
        secrets.newToken();
        changed();
        return status();
      },
      'telephony.set-password': ({ password }) => {
        secrets.setPassword(password);
        service.secretsChanged();
        return status();
      },
      'telephony.listen': ({ on }) => {
        service.listen(on);
        return {};
      },
      'telephony.not-ready': ({ reason }) => {
        tray.setNotReady(reason);
        return {};
      },
      'telephony.presence': tray.presence,
      'telephony.dial': async ({ number }) => {
        const address = dialAddress(number, settings.get().telephony.dial);
        const allowed = address === undefined ? undefined : allowedExternal(address);
        if (allowed === undefined) return { dialled: false };
        await shell.openExternal(allowed);
        return { dialled: true };
      },
      'strip.present': (next) => {
        view = next;
        publish('strip.changed', next);
        tray.update(next.call?.state ?? 'idle');
        return {};
      },
      'strip.get': () => view,
      'strip.do': (command) => {
        if (command.kind === 'search') search(command.text);
        else if (command.kind === 'open') windows.focusMain();
        else publish('strip.command', command);
        return {};
      },
    },
  };
}
