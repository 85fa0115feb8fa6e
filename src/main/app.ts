import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, nativeTheme, session } from 'electron';
import { recordRules } from '#shared/domain/record-rules.ts';
import { withPolicy } from '#shared/domain/policy.ts';
import { contract } from '#shared/ipc/contract.ts';
import type { HealthNote } from '#shared/ipc/app.ts';
import { events, type EventName, type EventPayload } from '#shared/ipc/events.ts';
import { createAppHandlers } from './app-handlers.ts';
import { createChannels } from './app-channels.ts';
import { channelOfPlace, createHeadRepeater, lasting, livePublishing } from './app-live.ts';
import { createTelephony } from './app-telephony.ts';
import { createWellbeing } from './app-wellbeing.ts';
import { createPacks } from './app-packs.ts';
import { createReleases } from './app-releases.ts';
import { createReviewRoom } from './app-review.ts';
import { askWorkshop, createWorkshopHandlers } from './app-workshop.ts';
import { serveApp } from './electron/app-protocol.ts';
import { askForFile, askForFolder, askForTarget } from './electron/file-dialogs.ts';
import { openKey } from './electron/key-store.ts';
import { systemKeyWrapper } from './electron/key-wrapper.ts';
import { printSheet } from './electron/print-sheet.ts';
import type { OpenedLinks } from './electron/deep-links.ts';
import type { LaunchOptions } from './electron/launch-options.ts';
import { saveScreenshot } from './electron/screenshot.ts';
import { sealSession } from './electron/security.ts';
import { spawnUtility } from './electron/spawn-utility.ts';
import { createWindows, preloadFile } from './electron/windows.ts';
import { openFolder } from './features/channels/index.ts';
import { createPackThread } from './features/packs/index.ts';
import { createCalm } from './features/telephony/index.ts';
import { createPolicyService, policyFile } from './features/policy/index.ts';
import { createSettingsService } from './features/settings/index.ts';
import { createDispatch } from './ipc/dispatch.ts';
import { createPublish } from './ipc/events.ts';
import { openRouter } from './ipc/router.ts';
import { createLogFile } from './lib/log-file.ts';
import { createLogger } from './lib/logger.ts';
import { ensurePrivateFolder, recordPaths } from './lib/paths.ts';
import { findResources } from './lib/resources.ts';
import { wordsIn } from './lib/words.ts';
import { answerFrom } from './processes/answer.ts';
import { packsDir } from './processes/packs-dir.ts';
import { createHost, type Host } from './processes/host.ts';
import { createImportHandlers } from './processes/import-handlers.ts';
import { createWalKeeper } from './processes/wal-keeper.ts';
import { createImportRunner, type ImportRunner } from './processes/import-runner.ts';
import type { DataHome, FromChild, HostState, ToChild } from './processes/protocol.ts';
import { createReleaseRunner } from './processes/release-runner.ts';
import { createSuggestFeed } from './processes/suggest-feed.ts';

const CALL_TIMEOUT_MS = { records: 15_000, knowledge: 5_000 } as const;
const UNLIMITED = { records: new Set(['calls.erase', 'calls.export', 'suggest.erase']), knowledge: new Set(['workshop.differences']) } as const;

/** The knowledge process starts when the page stands, and then at the latest (ms). */
const LATEST_KNOWLEDGE_MS = 2_000;

/** How often it is looked whether the policy file changed (ms). */
const POLICY_MS = 60_000;

/** The composition root: builds every object once and passes each what it needs. */
export async function startApp({ launch, links, mainDir }: { launch: LaunchOptions; links: OpenedLinks; mainDir: string }): Promise<void> {
  const { dataDir } = launch;
  ensurePrivateFolder(dataDir);
  const log = createLogger({ write: createLogFile(join(dataDir, 'logs')), now: Date.now, source: 'main' });
  const resourcesDir = findResources(mainDir, process.resourcesPath);
  const windows = createWindows(preloadFile(mainDir), (window) => settings.update({ window }));
  const publish = createPublish(windows.ownIds);
  const notes: HealthNote[] = [];

  const policy = createPolicyService({
    file: policyFile({ platform: process.platform, env: process.env, packaged: app.isPackaged }),
    lastGood: join(dataDir, 'policy.last-good.json'),
    warn: (message, details) => log.warn(message, details),
  });
  const settings = createSettingsService(
    join(dataDir, 'settings.json'),
    (next) => {
      wellbeing.settingsChanged(next);
      tellRules();
      channels.settingsChanged();
      telephony.settingsChanged(next);
      nativeTheme.themeSource = next.theme === 'contrast' ? 'dark' : next.theme;
      publish('settings.changed', next);
    },
    (message) => {
      log.warn(message);
      notes.push({ id: 'settings', level: 'warning', message: 'health.settings-reset' });
    },
    (own) => withPolicy(own, policy.get()),
  );
  const rulesNow = () => recordRules(settings.get(), policy.get());
  const lookAtPolicy = setInterval(() => {
    if (!policy.refresh()) return;
    settings.overlayChanged();
    channels.policyChanged();
    publish('policy.changed', policy.view());
  }, POLICY_MS);

  const key = openKey(dataDir, existsSync(recordPaths(dataDir).database));
  if (key.kind === 'ready' && key.backend === 'file') notes.push({ id: 'key', level: 'info', message: 'health.key-in-file' });
  if (key.kind === 'locked') notes.push({ id: 'key', level: 'error', message: `health.key-${key.reason}` });

  const forward = (name: string, payload: unknown): void => {
    if (!Object.hasOwn(events, name)) return;
    const known = name as EventName;
    if (known === 'knowledge.changed') {
      suggestFeed.changed();
      telephony.knowledgeChanged();
    }
    const news = events[known].parse(payload) as EventPayload<typeof known>;
    if (known === 'calls.changed') calmCalls(news as EventPayload<'calls.changed'>);
    else tell(known, news);
  };
  const tell = <N extends EventName>(name: N, news: EventPayload<N>): void => {
    wellbeing.onRecordsEvent(name, news);
    channels.onRecordsEvent(name);
    publish(name, news);
  };
  // A storm of telephone events must not make every window read again for each of them.
  const calmCalls = createCalm<EventPayload<'calls.changed'>>((news) => tell('calls.changed', news), Date.now);
  let imports: ImportRunner | undefined;
  // On two cores a second process would slow down the window that an agent waits for.
  let onPainted = (): void => undefined;
  const painted = new Promise<void>((resolve) => (onPainted = resolve));
  const makeHost = (home: DataHome, keyText: string | undefined): Host =>
    createHost({
      home,
      spawn: () => spawnUtility<ToChild, FromChild>(join(mainDir, `${home}.js`), `callside-${home}`, { ...process.env }),
      config: () => ({ dataDir, resourcesDir, fallbackDir: join(app.getPath('temp'), 'callside-beside'), rules: rulesNow(), ...(keyText === undefined ? {} : { key: keyText }) }),
      onState: (state: HostState) => {
        if (home === 'knowledge' && state === 'restarting') imports?.knowledgeLost();
        // A records process that comes back knows nothing of the scripts yet.
        if (home === 'records' && state === 'up') suggestFeed.changed();
        publish('health.changed', {});
      },
      onEvent: forward,
      log: (level, message, details) => log[level](message, details),
      callTimeoutMs: CALL_TIMEOUT_MS[home],
      unlimited: UNLIMITED[home],
      ...(home === 'knowledge' ? { startWhen: painted } : {}),
      // Whoever types waits for the records process alone.
      ...(home === 'records' ? { spareAfterMs: { first: 1_500, again: 300 } } : {}),
    });
  const records = makeHost('records', key.kind === 'ready' ? key.key.toString('base64') : undefined);
  const knowledge = makeHost('knowledge', undefined);
  let rulesTold = JSON.stringify(rulesNow());
  const tellRules = (): void => {
    const rules = rulesNow();
    if (JSON.stringify(rules) === rulesTold) return;
    rulesTold = JSON.stringify(rules);
    for (const [route, host] of [['records.rules', records], ['knowledge.rules', knowledge]] as const) host.call(route, rules, randomUUID()).catch(() => log.warn('new rules for records could not be told', { name: route }));
  };
  const telephony = createTelephony({ dataDir, records, knowledge, windows, settings, notReady: () => policy.get().notReady, publish, links, log });
  const wellbeing = createWellbeing({ records, settings: settings.get, publish, log, windows, tellTelephony: telephony.notReady });

  imports = createImportRunner({
    spawn: () => spawnUtility<ToChild, FromChild>(join(mainDir, 'import.js'), 'callside-import', { ...process.env }),
    config: { dataDir, resourcesDir },
    // The host sends on what this process's own contract typed; no page can name these routes.
    knowledge: async (route, input) => {
      if (route === 'writes.hold') await channels.quiet();
      return (route === 'writes.hold' && releases.installing() ? { held: false } : await knowledge.call(route, input, randomUUID())) as never;
    },
    onJob: (job) => {
      forward('job.changed', job);
      if (job.state !== 'running') walKeeper.soon();
    },
    onChanged: () => publish('knowledge.changed', {}),
    log: (level, message, details) => log[level](message, details),
  });
  const runner = imports;
  const walKeeper = createWalKeeper({
    file: join(dataDir, 'knowledge.db-wal'),
    settle: () => runner.settle(),
    quiet: async () => ((await records.call('calls.open', {}, randomUUID())) as unknown[]).length === 0,
    log: (level, message, details) => log[level](message, details),
  });
  const packThread = createPackThread({ start: () => new Worker(join(mainDir, 'packs-thread.js'), { name: 'callside-packs', workerData: { dir: packsDir(dataDir) } }) });
  const releases = createReleaseRunner({
    spawn: () => spawnUtility<ToChild, FromChild>(join(mainDir, 'import.js'), 'callside-release', { ...process.env }),
    config: { dataDir, resourcesDir },
    knowledge: (route, input) => knowledge.call(route, input, randomUUID()) as never,
    importing: runner.busy,
    quiet: () => channels.quiet(),
    log: (level, message, details) => log[level](message, details),
  });
  const channels = createChannels({
    dataDir, records, knowledge, log,
    version: app.getVersion(),
    runner: releases,
    setUpTrust: packThread.setUpTrust,
    spawnLive: () => spawnUtility<ToChild, FromChild>(join(mainDir, 'import.js'), 'callside-live', { ...process.env }),
    importing: runner.busy,
    policy: policy.get,
    settings: settings.get,
    askFolder: () => askForFolder(windows.main(), wordsIn(settings.get().language)('channels.add')),
    askFile: (what) => askForFile(windows.main(), wordsIn(settings.get().language)(what === 'key' ? 'servers.key.choose' : 'servers.authority.choose'), [{ name: '*', extensions: ['*'] }]),
    writes: () => packs.desk.publishing()?.kb,
    signer: () => packs.replySigner(),
    publish: (name) => (name === 'knowledge.changed' ? forward(name, {}) : publish(name, {})),
  });
  const importHandlers = createImportHandlers({
    runner: imports,
    askFile: (title, extensions) => askForFile(windows.main(), title, [{ name: title, extensions }, { name: '*', extensions: ['*'] }]),
    askTarget: (name) => askForTarget(windows.main(), name),
    language: () => settings.get().language,
  });

  const packs = createPacks({
    dataDir,
    wrapper: systemKeyWrapper,
    openFolder: (folder) => {
      const channel = channelOfPlace(folder);
      return channel === undefined ? openFolder({ root: folder }) : lasting(() => channels.writer(channel));
    },
    work: packThread,
    publishing: (folder, store) => {
      const channel = channelOfPlace(folder);
      return channel === undefined ? {} : livePublishing(() => channels.writer(channel), store, log);
    },
    brokers: channels.brokers,
    askFile: (title) => askForFile(windows.main(), title, [{ name: title, extensions: ['json'] }, { name: '*', extensions: ['*'] }]),
    askTarget: (name) => askForTarget(windows.main(), name),
    askFolder: (title) => askForFolder(windows.main(), title),
    print: printSheet,
    words: () => wordsIn(settings.get().language),
    language: () => settings.get().language,
    changed: () => publish('keys.changed', {}),
    placed: ({ folder, kb }) => {
      const channel = channelOfPlace(folder);
      if (channel === undefined) channels.adopt(folder, kb);
      else channels.adoptChannel(channel, kb);
    },
    warn: (message, details) => log.warn(message, details),
  });
  const heads = createHeadRepeater({
    place: () => {
      const place = packs.place();
      const channel = place === undefined ? undefined : channelOfPlace(place.folder);
      return place === undefined || channel === undefined ? undefined : { kb: place.kb, channel };
    },
    find: channels.writer, store: packs.store, log,
  });
  const writing = { desk: packs.desk, ask: askWorkshop(knowledge), checkChannel: channels.checkNow, changed: () => publish('drafts.changed', {}), log };
  const room = createReviewRoom({ ...writing, keys: packs.keys, approvals: () => policy.get().knowledge?.approvals ?? 1 });
  const installed = async (kb: string): Promise<number> => (await channels.installed()).find((one) => one.kb === kb)?.release ?? 0;
  const publishedReleases = createReleases({ ...writing, identity: room.identity, told: room.told, workFile: () => join(app.getPath('temp'), `callside-going-back-${randomUUID()}.ndjson`), installed });
  const suggestFeed = createSuggestFeed({ knowledge, records, language: () => settings.get().language, newId: randomUUID, onError: (cause) => log.warn('suggestions were not fed', { error: String(cause) }) });

  let onReady = (): void => {
    suggestFeed.start();
    packs.start();
    room.start();
    walKeeper.start();
    channels.start();
    heads.start();
    telephony.knowledgeChanged();
  };
  const main = answerFrom<'main'>(
    { ...importHandlers, ...channels.handlers, ...packs.handlers, ...createWorkshopHandlers({ knowledge, identity: room.identity, room, releases: publishedReleases, agentName: () => settings.get().agentName, mayChangeHere: () => policy.get().knowledge?.localChanges !== false }), ...wellbeing.handlers, ...telephony.handlers, ...createAppHandlers({ dataDir, log, settings, policy: policy.view, key, records, knowledge, window: windows.main, health: () => [...notes, ...channels.notes()], onReady: () => onReady() }) },
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
  window.webContents.once('dom-ready', onPainted);
  setTimeout(onPainted, LATEST_KNOWLEDGE_MS);
  if (launch.screenshot !== undefined) {
    const file = launch.screenshot;
    onReady = () => void saveScreenshot(window, file).then(() => app.quit());
  }

  wellbeing.start();
  telephony.start(window, () => windows.openMain(settings.get().window));
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    clearInterval(lookAtPolicy);
    room.close();
    // First the import, so that what waited for it is written before the knowledge process goes.
    walKeeper.stop();
    heads.close();
    channels.close();
    packThread.close();
    void Promise.all([telephony.close(), wellbeing.close().then(() => records.close()), (imports?.close() ?? Promise.resolve()).then(() => knowledge.close())]).finally(() => {
      closed = true;
      app.quit();
    });
  });
}
