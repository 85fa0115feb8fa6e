import { randomUUID } from 'node:crypto';
import { app, type BrowserWindow } from 'electron';
import type { CallState } from '#shared/domain/calls/machine.ts';
import { localize } from '#shared/domain/common.ts';
import type { Settings, SettingsPatch } from '#shared/domain/settings.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { PresenceView } from '#shared/ipc/telephony.ts';
import { createTray, trayIsThere, type DeskTray, type NotReadyReason, type TrayWords } from './electron/tray.ts';
import type { Windows } from './electron/windows.ts';
import type { Host } from './processes/host.ts';
import { translatorFor } from './translator.ts';
import { plannerCall } from './processes/wellbeing-handlers.ts';

export type DeskTrayParts = {
  knowledge: Host;
  records: Host;
  windows: Windows;
  settings: { get(): Settings; update(patch: SettingsPatch): Settings };
  onNotReady: (reason: string | undefined) => void;
  /** Not ready for this reason since then, or ready again. */
  onPresence: (presence: PresenceView) => void;
  toggleStrip: () => void;
};

/** The tray of this desk, in its language, and what closing the window means because of it. */
export function createDeskTray({ knowledge, records, windows, settings, onNotReady, onPresence, toggleStrip }: DeskTrayParts) {
  let tray: DeskTray | undefined;
  let call: CallState | 'idle' = 'idle';
  let notReady: string | undefined;
  let since = 0;
  let reasons: NotReadyReason[] = [];
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });

  const words = (): TrayWords => wordsIn(settings.get().language);
  const draw = (): void => tray?.update({ call, strip: settings.get().strip.shown, notReady }, words(), reasons);
  const presence = (): PresenceView => (notReady === undefined ? {} : { reason: notReady, since });
  const show = (reason: string | undefined): void => {
    if (reason !== notReady) since = Date.now();
    notReady = reason;
    onPresence(presence());
    draw();
  };
  const setNotReady = (reason: string | undefined): void => {
    onNotReady(reason);
    void records.call(plannerCall.desk, { reason: reason ?? null }, randomUUID()).catch(() => undefined);
    show(reason);
  };

  if (trayIsThere(process.platform, process.env)) {
    tray = createTray({ open: windows.focusMain, strip: toggleStrip, notReady: setNotReady, quit: () => app.quit() });
    draw();
  }

  return {
    update: (state: CallState | 'idle'): void => {
      call = state;
      draw();
    },
    /** Somebody else set it: a break began or ended. */
    notReady: show,
    presence,
    /** The agent set it, here or in the window: the records and the telephone system are told. */
    setNotReady,
    /** A program that starts is a desk that takes calls, whatever the last run left in the records. */
    begin: (): void => void records.call(plannerCall.desk, { reason: null }, randomUUID()).catch(() => undefined),
    readReasons: (): void => {
      if (tray === undefined) return;
      void knowledge.call('knowledge.list', { kinds: ['not-ready-reason'] }, randomUUID()).then(
        (lines) => {
          // The knowledge process answered by the route's own contract.
          const found = (lines as OutputOf<AppContract, 'knowledge.list'>).flatMap((line) => (line.kind === 'not-ready-reason' ? [line.record] : []));
          reasons = found.toSorted((a, b) => a.order - b.order).map(({ id, label }) => ({ id, label: localize(label, settings.get().language) }));
          draw();
        },
        () => undefined,
      );
    },
    /** With a tray, closing puts the window away; without one it ends the program, strip and all. */
    guard: (window: BrowserWindow, onClosed: () => void): void => {
      window.on('close', (event) => {
        if (quitting || tray === undefined || !settings.get().tray.closes) return;
        event.preventDefault();
        window.hide();
        if (settings.get().tray.hinted) return;
        tray.hint(words());
        settings.update({ tray: { ...settings.get().tray, hinted: true } });
      });
      window.on('closed', onClosed);
    },
    close: (): void => {
      tray?.close();
      tray = undefined;
    },
  };
}

function wordsIn(language: string): TrayWords {
  const t = translatorFor(language);
  return {
    state: {
      idle: t('call.state.idle'), ringing: t('call.state.ringing'), talking: t('call.state.talking'), 'on-hold': t('call.state.on-hold'),
      'wrap-up': t('call.state.wrap-up'), ended: t('call.state.idle'),
    },
    open: t('tray.open'), strip: t('tray.strip'), notReady: t('tray.not-ready'), ready: t('tray.ready'), quit: t('tray.quit'),
    hint: { title: t('tray.hint.title'), text: t('tray.hint.text') },
  };
}
