import { randomUUID } from 'node:crypto';
import { app, clipboard, dialog, shell, type BrowserWindow } from 'electron';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers, OutputOf } from '#shared/ipc/define.ts';
import type { PolicyView } from '#shared/domain/policy.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import type { HealthNote } from '#shared/ipc/app.ts';
import { verifyKey } from './db/key-check.ts';
import { restoreKey, type KeyResult } from './electron/key-store.ts';
import type { SettingsService } from './features/settings/index.ts';
import { writeFileAtomic } from './lib/atomic-file.ts';
import { allowedExternal } from './lib/external-address.ts';
import { recordPaths } from './lib/paths.ts';
import { keyFromRecovery, recoveryText } from './lib/recovery-key.ts';
import type { Host } from './processes/host.ts';
import type { InternalContract } from './processes/internal-contract.ts';

export type MainParts = {
  dataDir: string;
  settings: SettingsService;
  policy: () => PolicyView;
  key: KeyResult;
  records: Host | undefined;
  knowledge: Host;
  window: () => BrowserWindow | undefined;
  health: () => HealthNote[];
  log: { error(message: string, details?: Readonly<Record<string, unknown>>): void };
  onReady: () => void;
};

/** Routes that concern the app itself: settings, health, clipboard, files chosen in a dialog. */
export function createAppHandlers(parts: MainParts): Pick<Handlers<AppContract, 'main'>, `app.${string}` & keyof Handlers<AppContract, 'main'> | 'policy.get' | 'settings.get' | 'settings.update'> {
  return {
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      platform: process.platform,
      dataDir: parts.dataDir,
      keyBackend: parts.key.kind === 'ready' ? parts.key.backend : 'locked',
    }),
    'app.health': () => ({ records: parts.records?.state() ?? 'failed', knowledge: parts.knowledge.state(), notes: parts.health() }),
    'app.ready': () => {
      parts.onReady();
      return {};
    },
    'app.report': ({ message, where }) => {
      parts.log.error('a screen failed', { error: message, where });
      return {};
    },
    'app.open-external': async ({ address }) => {
      const allowed = allowedExternal(address);
      if (allowed === undefined) throw new CallsideError('refused', 'Only https, tel, sip and mailto addresses can be opened.');
      await shell.openExternal(allowed);
      return { opened: true };
    },
    'app.copy': async ({ text }) => {
      // A promise in newer Electron, nothing in older ones.
      await clipboard.writeText(text);
      return {};
    },
    'app.save-file': async ({ name, text }) => {
      const window = parts.window();
      const choice = window === undefined ? await dialog.showSaveDialog({ defaultPath: name }) : await dialog.showSaveDialog(window, { defaultPath: name });
      if (choice.canceled || choice.filePath === '') return { saved: false };
      writeFileAtomic(choice.filePath, text);
      return { saved: true };
    },
    'app.recovery-key': () => {
      if (parts.key.kind !== 'ready') throw new CallsideError('unavailable', 'The records are locked, so there is no key to show.');
      return { text: recoveryText(parts.key.key) };
    },
    'app.unlock': async ({ text }) => {
      if (parts.key.kind === 'ready') return { outcome: 'not-locked' };
      const key = keyFromRecovery(text);
      if (key === undefined) return { outcome: 'mistyped' };
      if (!(await fitsDesk(parts, key))) return { outcome: 'other-desk' };
      restoreKey(parts.dataDir, key);
      app.relaunch();
      setImmediate(() => app.quit());
      return { outcome: 'unlocked' };
    },
    'policy.get': () => parts.policy(),
    'settings.get': () => parts.settings.get(),
    'settings.update': (patch) => parts.settings.update(patch),
  };
}

/**
 * A key of another desk must not be put in place: it would open nothing and hide the mistake. The records process
 * also puts away what it had to hold in memory while it was locked, before the app starts again.
 */
async function fitsDesk({ dataDir, records }: Pick<MainParts, 'dataDir' | 'records'>, key: Buffer): Promise<boolean> {
  if (records === undefined) return verifyKey(recordPaths(dataDir).keyCheck, key) !== 'wrong';
  const reply = (await records.call('records.unlock', { key: key.toString('base64') }, randomUUID())) as OutputOf<InternalContract, 'records.unlock'>;
  return reply.fits;
}
