import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, _electron, type ElectronApplication, type Page } from '@playwright/test';
import { startVirtualDisplay } from '../../scripts/lib/display.mjs';

export { expect } from '@playwright/test';

const ROOT = resolve(import.meta.dirname, '../..');
const HOLD = join(import.meta.dirname, 'hold-start.cjs');

/** One running desk: the app, its window, its own data folder. */
export type Desk = { app: ElectronApplication; page: Page; dataDir: string; errors: string[] };

type LaunchOptions = NonNullable<Parameters<typeof _electron.launch>[0]>;

/** How to start the built app; the runtime was chosen by the set-up. */
export function launchOptions(dataDir: string, extra: { args?: string[]; env?: Record<string, string> } = {}): LaunchOptions {
  const executablePath = process.env['CALLSIDE_ELECTRON'];
  if (executablePath === undefined) throw new Error('CALLSIDE_ELECTRON is not set: run `npm test`, or `node scripts/run.mjs` with a command.');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return {
    executablePath,
    // A start takes seconds; one whose debugger never answers is given up early enough for the second try.
    timeout: 60_000,
    args: [ROOT, ...root, `--data-dir=${dataDir}`, ...(extra.args ?? [])],
    env: { ...(process.env as Record<string, string>), CALLSIDE_KEY_BACKEND: 'file', CALLSIDE_CHECK_OUTPUT: '1', ...extra.env },
  };
}

/** Starts an Electron program that makes its first window when the tests can see it. */
export function launchHeld(options: LaunchOptions): Promise<ElectronApplication> {
  return _electron.launch({ ...options, args: ['-r', HOLD, ...(options.args ?? [])] });
}

/** Starts a desk on `dataDir` and waits for its first picture. `held: false` leaves the app alone, as for measuring its start. */
export async function startDesk(dataDir: string, { held = true, ...extra }: Parameters<typeof launchOptions>[1] & { held?: boolean } = {}): Promise<Desk> {
  const options = launchOptions(dataDir, extra);
  const app = await (held ? launchHeld(options) : _electron.launch(options));
  const page = await mainWindow(app);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  return { app, page, dataDir, errors };
}

/** The window of the desk: a strip that is shown from the start may come before it. */
async function mainWindow(app: ElectronApplication): Promise<Page> {
  await app.firstWindow();
  for (;;) {
    const found = app.windows().find((one) => one.url().startsWith('app:') && !one.url().endsWith('#strip'));
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Ends a desk as a power switch would: no closing code runs. */
export function killDesk(desk: Desk): Promise<void> {
  const child = desk.app.process();
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGKILL');
  return ended;
}

type Fixtures = { dataDir: string; desk: Desk };

export const test = base.extend<Fixtures, { ownScreen: undefined }>({
  // Two windows on one screen take each other's focus: each further worker has a virtual screen of its own.
  ownScreen: [
    async ({}, use, worker) => {
      const own = worker.parallelIndex > 0 && process.env['CALLSIDE_VIRTUAL_DISPLAY'] === '1' ? await startVirtualDisplay() : undefined;
      Object.assign(process.env, own?.env);
      await use(undefined);
      own?.stop();
    },
    { scope: 'worker', auto: true },
  ],
  dataDir: async ({}, use) => {
    const dir = mkdtempSync(join(tmpdir(), 'callside-e2e-'));
    await use(dir);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  },
  desk: async ({ dataDir }, use) => {
    const desk = await startDesk(dataDir);
    await use(desk);
    await desk.app.close().catch(() => undefined);
  },
});
