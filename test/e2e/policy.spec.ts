import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { pictureOf } from './pictures.ts';
import { SHORT_BREAKS } from './short-breaks.ts';

/** What a telephone system's own program would do: it writes down how it was called. */
const PROGRAM = "require('node:fs').appendFileSync(process.argv[2], process.argv.slice(3).join(' ') + '\\n')";

/** An organisation in Spain: Spanish minimum, 60 days, its customer numbers masked, one contact, a program for "not ready". */
function policy(dir: string): string {
  writeFileSync(join(dir, 'tell.cjs'), PROGRAM);
  const file = join(dir, 'policy.json');
  writeFileSync(file, JSON.stringify({
    callsidePolicy: 1,
    organisation: 'Contact Sur',
    breaks: { minimumPreset: 'es', maxPostpones: 2 },
    privacy: { retentionDays: 60, country: 'ES', maskPatterns: [{ name: 'Customer number', pattern: 'KD-[0-9]{8}', keepLast: 2 }] },
    abuse: { categories: [{ id: 'shouting', label: { en: 'Shouts at me', de: 'Schreit mich an' }, warnings: 1, recovery: 'abusive' }] },
    recovery: { wording: 'Take the time you need.', contacts: [{ name: 'Shift lead', how: 'extension 100' }], emergency: [{ name: 'Emergency', number: '112' }] },
    notReady: { command: { program: process.execPath, arguments: [join(dir, 'tell.cjs'), join(dir, 'told'), '{state}', '{reason}'] }, reasons: { break: 'PAUSE_1' } },
  }));
  return file;
}

const corner = (page: Page) => page.getByRole('complementary', { name: 'Breaks' });

test.describe('an organisation sets rules for its desks', () => {
  let desk: Desk;
  test.afterEach(async () => {
    await desk.app.close().catch(() => undefined);
  });

  test('agents see every rule that holds, locked; their telephone hears of breaks; a mistake in the file is one sentence', async ({ dataDir }) => {
    const file = policy(dataDir);
    desk = await startDesk(dataDir, { env: { CALLSIDE_POLICY: file, CALLSIDE_TEST_BREAKS: SHORT_BREAKS } });
    const { page } = desk;
    const call = new CallPage(page);
    await call.openScreen('Settings');
    const days = page.getByLabel('Days a finished call is kept');
    await expect(days).toHaveValue('60');
    await expect(days).toBeDisabled();
    await expect(page.getByText('Set by Contact Sur for every desk.').first()).toBeVisible();
    const rules = page.getByRole('region', { name: 'Set by Contact Sur' });
    await rules.scrollIntoViewIfNeeded();
    await expect(rules).toContainText('Customer number');
    await pictureOf(page, 'policy-settings');

    // What the organisation masks is masked while it is typed.
    await call.openScreen('Call');
    await call.press('F9');
    await call.expectState('Talking');
    await call.focusNote();
    await page.keyboard.type('customer KD-12345678 ');
    await expect(call.note).toHaveValue(/customer \*\*-\*{6}78/, { timeout: 30_000 });
    await call.press('F10');
    await page.getByLabel('Outcome: number, or type to find').focus();
    await page.keyboard.type('1');
    await page.keyboard.press('Control+Enter');

    // A break begins, and ends: the telephone system hears both, under its own name for it.
    const told = (): string => (existsSync(join(dataDir, 'told')) ? readFileSync(join(dataDir, 'told'), 'utf8') : '');
    await expect(corner(page)).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(2_500);
    await page.keyboard.press('Alt+b');
    await expect.poll(told, { timeout: 20_000 }).toBe('not-ready PAUSE_1\n');
    await corner(page).getByRole('button', { name: 'Back to work' }).click();
    await expect.poll(told, { timeout: 20_000 }).toBe('not-ready PAUSE_1\nready \n');
    await desk.app.close();

    writeFileSync(file, readFileSync(file, 'utf8').replace('maxPostpones', 'maxPostponse'));
    desk = await startDesk(dataDir, { env: { CALLSIDE_POLICY: file } });
    await new CallPage(desk.page).openScreen('Settings');
    await expect(desk.page.getByText('The policy file has a mistake, so the last good one stays in force. There is no setting called “breaks.maxPostponse”.')).toBeVisible();
    await expect(desk.page.getByLabel('Days a finished call is kept')).toHaveValue('60');
    expect(desk.errors).toEqual([]);
  });

  test('with the window away, a break card is one quiet message, and is answered in the strip', async ({ dataDir }) => {
    desk = await startDesk(dataDir, { env: { CALLSIDE_TEST_BREAKS: SHORT_BREAKS, CALLSIDE_TRAY: '0' } });
    const { app, page } = desk;
    await app.evaluate(({ BrowserWindow, Notification }) => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      Notification.isSupported = () => true;
      Notification.prototype.show = function show(this: Electron.Notification) {
        seen.push(`${this.title} | ${String(this.silent)}`);
        Object.assign(globalThis, { last: this });
      };
      BrowserWindow.getAllWindows()[0]?.hide();
    });
    const seen = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' })));
    await expect.poll(seen, { timeout: 90_000 }).toEqual(['Rest break, 1 minute | true']);
    // Once for each card, and the window stays where the agent put it.
    await page.waitForTimeout(2_000);
    expect(await seen()).toHaveLength(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(false);

    const opened = app.waitForEvent('window');
    await page.evaluate(() => (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<unknown> } }).callside.invoke('settings.update', { strip: { shown: true, edge: 'top' } }, crypto.randomUUID()));
    const strip = await opened;
    const offer = strip.getByRole('group', { name: 'Breaks' });
    await expect(offer).toContainText('Rest break', { timeout: 60_000 });
    await pictureOf(strip, 'strip-card');
    await strip.waitForTimeout(2_500);
    await offer.getByRole('button', { name: 'Take it now' }).click();
    await expect(offer).toContainText(/0:\d\d/);
    await pictureOf(strip, 'strip-break');
    await offer.getByRole('button', { name: 'Back to work' }).click();
    await expect(offer).toBeHidden();
  });
});
