import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launchHeld, launchOptions, startDesk, test, type Desk } from './fixtures.ts';
import { pictureOf } from './pictures.ts';
import { spawnAgain } from './spawn-again.ts';
import { connectX11, type X11 } from './x11.ts';

/** Settings as the page writes them, through the app's own route. */
async function patch(desk: Desk, settings: Record<string, unknown>): Promise<void> {
  const reply = await desk.page.evaluate((input) => (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean }> } }).callside.invoke('settings.update', input, crypto.randomUUID()), settings);
  expect(reply).toMatchObject({ ok: true });
}

async function openStrip(desk: Desk, edge: 'top' | 'bottom' = 'top'): Promise<Page> {
  const opened = desk.app.waitForEvent('window', { timeout: 30_000 });
  await patch(desk, { strip: { shown: true, edge } });
  const strip = await opened;
  await strip.getByRole('main', { name: 'Callside strip' }).waitFor({ timeout: 30_000 });
  return strip;
}

const ring = (desk: Desk, input: Record<string, unknown>): Promise<unknown> =>
  desk.page.evaluate((call) => (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<unknown> } }).callside.invoke('calls.start', call, crypto.randomUUID()), { direction: 'in', ringing: true, ...input });

test('the strip shows the call, takes answers by number keys and writes into the same note', async ({ desk }) => {
  const said = desk.page.getByText(/scripts, \d+ things to say/);
  await said.waitFor({ timeout: 60_000 });
  // What the desk counts is what it offers in its language, and what the README promises.
  expect(await said.textContent()).toContain(/\d+ things to say/.exec(readFileSync('README.md', 'utf8'))?.[0] ?? 'the README');
  const strip = await openStrip(desk);
  const bounds = await desk.app.evaluate(({ BrowserWindow, screen }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('#strip'));
    return { window: window?.getBounds(), area: screen.getPrimaryDisplay().workArea, top: window?.isAlwaysOnTop(), focused: window?.isFocused() };
  });
  expect(bounds.window?.height).toBeGreaterThanOrEqual(44);
  expect(bounds.window?.height).toBeLessThanOrEqual(56);
  expect(bounds.window?.y).toBe(bounds.area.y);
  expect([bounds.top, bounds.focused]).toEqual([true, false]);
  await expect(strip.getByText('No call')).toBeVisible();

  // A promise whose time has come is said between calls, goes when one rings, and is done with one click.
  const promises = strip.getByRole('group', { name: 'Promised, and due now' });
  for (const text of ['Send the copy', 'Ring Ben back']) {
    await desk.page.evaluate((input) => (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<unknown> } }).callside.invoke('follow-ups.create', input, crypto.randomUUID()), { id: text.replaceAll(' ', '-'), kind: 'promise', text, dueAt: Date.now() - 1_000, dueWords: 'now' });
  }
  await expect(promises).toContainText('and 1 more', { timeout: 30_000 });
  await pictureOf(strip, 'strip-promise');
  await promises.getByRole('button', { name: 'Done' }).click();
  await expect(promises).not.toContainText('more');
  await expect(promises).toBeVisible();

  await ring(desk, { number: '07700900123', name: 'Ann Smith', queue: 'billing', externalId: 'strip-1' });
  await expect(strip.getByText('Ringing')).toBeVisible({ timeout: 30_000 });
  await expect(strip.getByText('Ann Smith')).toBeVisible();
  await expect(promises).toHaveCount(0);
  await strip.keyboard.press('F9');
  await expect(strip.getByText('Talking')).toBeVisible({ timeout: 30_000 });

  await strip.getByLabel('Note').fill('Bill is too high');
  await expect(strip.getByText('Saved')).toBeVisible({ timeout: 30_000 });
  await expect(desk.page.getByLabel('Notes of this call')).toHaveValue('Bill is too high');
  await strip.getByLabel('Note').press('Enter');
  await strip.getByLabel('Note').pressSequentially('wants a copy', { delay: 15 });
  await expect(desk.page.getByLabel('Notes of this call')).toHaveValue('Bill is too high\nwants a copy');

  // From step to step by digits alone, as far as the strip offers any.
  await strip.getByLabel('Note').press('Escape');
  const cue = strip.locator('[class*=cue]').first();
  const before = await cue.textContent();
  const answer = strip.getByRole('group', { name: 'What the caller says' }).getByRole('button').first();
  await strip.keyboard.press((await answer.getAttribute('aria-keyshortcuts')) ?? '1');
  await expect.poll(() => cue.textContent(), { timeout: 30_000 }).not.toBe(before);

  await strip.keyboard.press('F8');
  await expect(strip.getByText('On hold')).toBeVisible({ timeout: 30_000 });
  await strip.keyboard.press('F10');
  await expect(strip.getByText('Wrap-up')).toBeVisible({ timeout: 30_000 });
  await expect(desk.page.getByText('Wrap-up').first()).toBeVisible();
  expect(desk.errors).toEqual([]);
});

test('the strip finds its edge again after a restart, and when its monitor is gone', async ({ dataDir }) => {
  const first = await startDesk(dataDir);
  await openStrip(first, 'bottom');
  await first.app.close();
  const second = await startDesk(dataDir);
  const place = (): Promise<{ bottom: number; edge: number } | undefined> =>
    second.app.evaluate(({ BrowserWindow, screen }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('#strip'));
      const area = screen.getPrimaryDisplay().workArea;
      const bounds = window?.getBounds();
      return bounds === undefined ? undefined : { bottom: bounds.y + bounds.height, edge: area.y + area.height };
    });
  await expect.poll(async () => { const now = await place(); return now !== undefined && now.bottom === now.edge; }, { timeout: 30_000 }).toBe(true);
  await patch(second, { strip: { shown: true, edge: 'bottom', display: { id: 99, x: 5_000, y: 0, width: 1_920, height: 1_080 } } });
  await expect.poll(async () => { const now = await place(); return now !== undefined && now.bottom === now.edge; }, { timeout: 30_000 }).toBe(true);
  await second.app.close();
});

test.describe('typing in another program', () => {
  let x11: X11;
  test.beforeAll(async () => {
    x11 = await connectX11();
  });
  test.afterAll(() => x11.close());

  test('neither a call nor the strip takes the focus or a single key', async ({ desk }) => {
    const folder = mkdtempSync(join(tmpdir(), 'callside-other-'));
    const other = await launchHeld({ ...launchOptions(folder), args: [join(import.meta.dirname, 'other-program'), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${folder}`] });
    const page = await other.firstWindow();
    await page.locator('textarea').waitFor();
    await other.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.show();
      window?.focus();
      window?.webContents.focus();
    });
    await page.locator('textarea').focus();
    await expect.poll(() => page.evaluate(() => document.hasFocus()), { timeout: 20_000 }).toBe(true);
    const focused = await x11.focused();

    // Typing goes on, letter after letter, until everything below has happened.
    const words = 'the agent goes on typing in the customer system while all of this happens ';
    const seen = new Set<number>();
    let typed = '';
    let over = false;
    const typing = (async () => {
      while (!over || typed.length < words.length) {
        const letter = words[typed.length % words.length] ?? ' ';
        await x11.type(letter);
        typed += letter;
        seen.add(await x11.focused());
        await new Promise((done) => setTimeout(done, 80));
      }
    })();
    await openStrip(desk);
    await ring(desk, { number: '07700900123', queue: 'orders', externalId: 'focus-1' });
    await desk.page.waitForTimeout(500);
    await patch(desk, { strip: { shown: false, edge: 'top' } });
    await patch(desk, { strip: { shown: true, edge: 'bottom' } });
    await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((one) => !one.webContents.getURL().endsWith('#strip'))?.hide());
    await spawnAgain(desk.dataDir, ['--call', '0301234567', '--id', 'focus-2']);
    await desk.page.waitForTimeout(1_500);
    over = true;
    await typing;
    expect(await page.locator('textarea').inputValue()).toBe(typed);
    expect([...seen]).toEqual([focused]);
    await other.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
});

test('with a tray, closing keeps Callside running; starting it again brings the window back', async ({ dataDir }) => {
  const desk = await startDesk(dataDir, { env: { CALLSIDE_TRAY: '1' } });
  const visible = (): Promise<boolean | undefined> => desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(visible, { timeout: 30_000 }).toBe(true);
  const hinted = (): Promise<boolean> => desk.page.evaluate(async () => ((await (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ data: { tray: { hinted: boolean } } }> } }).callside.invoke('settings.get', {}, crypto.randomUUID())).data.tray.hinted));
  expect(await hinted()).toBe(false);
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(visible, { timeout: 30_000 }).toBe(false);
  // Where it went is said once, and never again.
  expect(await hinted()).toBe(true);
  await spawnAgain(dataDir, []);
  await expect.poll(visible, { timeout: 30_000 }).toBe(true);
  await desk.app.close();
});

test('without a tray, closing the window ends the program, strip and all', async ({ dataDir }) => {
  const desk = await startDesk(dataDir, { env: { CALLSIDE_TRAY: '0' } });
  await openStrip(desk);
  const ended = new Promise<void>((done) => desk.app.process().once('exit', () => done()));
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((one) => !one.webContents.getURL().endsWith('#strip'))?.close());
  await ended;
});
