import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, nativeTheme, session } from 'electron';
import { contract } from '#shared/ipc/contract.ts';
import type { HealthNote } from '#shared/ipc/app.ts';
import { events, type EventName, type EventPayload } from '#shared/ipc/events.ts';
import { createAppHandlers } from './app-handlers.ts';
import { startTelephony } from './app-telephony.ts';
import { serveApp } from './electron/app-protocol.ts';
import { openKey } from './electron/key-store.ts';
import type { LaunchOptions } from './electron/launch-options.ts';
import { saveScreenshot } from './electron/screenshot.ts';
import { sealSession } from './electron/security.ts';
import { spawnUtility } from './electron/spawn-utility.ts';
import { createWindows, preloadFile } from './electron/windows.ts';
import { createSettingsService } from './features/settings/index.ts';
import { createDispatch } from './ipc/dispatch.ts';
import { createPublish } from './ipc/events.ts';
import { openRouter } from './ipc/router.ts';
import { createLogFile } from './lib/log-file.ts';
import { createLogger } from './lib/logger.ts';
import { ensurePrivateFolder, recordPaths } from './lib/paths.ts';
import { findResources } from './lib/resources.ts';
import { answerFrom } from './processes/answer.ts';
import { createHost, type Host } from './processes/host.ts';
import type { DataHome, FromChild, HostState, ToChild } from './processes/protocol.ts';

const CALL_TIMEOUT_MS = { records: 15_000, knowledge: 5_000 } as const;
const UNLIMITED = { records: new Set(['calls.erase', 'calls.export']), knowledge: new Set<string>() } as const;

/** The composition root: builds every object once and passes each what it needs. */
export async function startApp({ launch, mainDir }: { launch: LaunchOptions; mainDir: string }): Promise<void> {
  const { dataDir } = launch;
  ensurePrivateFolder(dataDir);
  const log = createLogger({ write: createLogFile(join(dataDir, 'logs')), now: Date.now, source: 'main' });
  const resourcesDir = findResources(mainDir, process.resourcesPath);
  const windows = createWindows(preloadFile(mainDir), (window) => settings.update({ window }));
  const publish = createPublish(windows.ownIds);
  const notes: HealthNote[] = [];

  const settings = createSettingsService(
    join(dataDir, 'settings.json'),
    (next) => {
      nativeTheme.themeSource = next.theme === 'contrast' ? 'dark' : next.theme;
      publish('settings.changed', next);
    },
    (message) => {
      log.warn(message);
      notes.push({ id: 'settings', level: 'warning', message: 'health.settings-reset' });
    },
  );

  const key = openKey(dataDir, existsSync(recordPaths(dataDir).database));
  if (key.kind === 'ready' && key.backend === 'file') notes.push({ id: 'key', level: 'info', message: 'health.key-in-file' });
  if (key.kind === 'locked') notes.push({ id: 'key', level: 'error', message: `health.key-${key.reason}` });

  const forward = (name: string, payload: unknown): void => {
    if (!Object.hasOwn(events, name)) return;
    const known = name as EventName;
    publish(known, events[known].parse(payload) as EventPayload<typeof known>);
  };
  const makeHost = (home: DataHome, keyText: string | undefined): Host =>
    createHost({
      home,
      spawn: () => spawnUtility<ToChild, FromChild>(join(mainDir, `${home}.js`), `callside-${home}`, { ...process.env }),
      config: { dataDir, resourcesDir, fallbackDir: join(app.getPath('temp'), 'callside-beside'), ...(keyText === undefined ? {} : { key: keyText }) },
      onState: (_state: HostState) => publish('health.changed', {}),
      onEvent: forward,
      log: (level, message, details) => log[level](message, details),
      callTimeoutMs: CALL_TIMEOUT_MS[home],
      unlimited: UNLIMITED[home],
    });
  const records = makeHost('records', key.kind === 'ready' ? key.key.toString('base64') : undefined);
  const knowledge = makeHost('knowledge', undefined);

  let onReady = (): void => undefined;
  const main = answerFrom<'main'>(
    createAppHandlers({ dataDir, log, settings, key, records, knowledge, window: windows.main, health: () => notes, onReady: () => onReady() }),
  );
  const dispatch = createDispatch({
    contract,
    homes: {
      main: async (route, input, context) => main(route, input, context),
      records: (route, input, { id }) => records.call(route, input, id),
      knowledge: (route, input, { id }) => knowledge.call(route, input, id),
    },
    log,
    now: () => performance.now(),
    checkOutput: process.env['CALLSIDE_CHECK_OUTPUT'] === '1',
  });
  openRouter(windows.ownIds, dispatch);

  nativeTheme.themeSource = settings.get().theme === 'contrast' ? 'dark' : (settings.get().theme as 'system' | 'light' | 'dark');
  await sealSession(session.defaultSession);
  serveApp(session.defaultSession, join(mainDir, '..', 'renderer'));
  const window = windows.openMain(settings.get().window);
  if (launch.screenshot !== undefined) {
    const file = launch.screenshot;
    onReady = () => void saveScreenshot(window, file).then(() => app.quit());
  }

  startTelephony({ records, windows, log, openMain: () => windows.openMain(settings.get().window) });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void Promise.all([records.close(), knowledge.close()]).finally(() => {
      closed = true;
      app.quit();
    });
  });
}
