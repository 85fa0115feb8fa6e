import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { pictureOf } from './pictures.ts';
import { seedMonth } from './seed-month.ts';
import { SHORT_BREAKS } from './short-breaks.ts';

const card = (page: Page) => page.getByRole('complementary', { name: 'Breaks' });
const clock = (page: Page) => page.locator('header[aria-label="Call"]').getByRole('button', { name: /^Break./i });

async function wrapUp(page: Page): Promise<void> {
  await page.getByLabel('Outcome: number, or type to find').focus();
  await page.keyboard.type('1');
  await page.keyboard.press('Control+Enter');
}

async function settings(page: Page, patch: object): Promise<void> {
  const reply = await page.evaluate(async (input) => {
    const bridge = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean }> } }).callside;
    return bridge.invoke('settings.update', input, crypto.randomUUID());
  }, patch);
  expect(reply.ok).toBe(true);
}

async function axe(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).options({ rules: { 'target-size': { enabled: true } } }).analyze();
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)).toEqual([]);
}

test.describe('breaks', () => {
  let desk: Desk;
  let call: CallPage;
  test.beforeEach(async ({ dataDir }) => {
    desk = await startDesk(dataDir, { env: { CALLSIDE_TEST_BREAKS: SHORT_BREAKS } });
    call = new CallPage(desk.page);
    desk.page.setDefaultTimeout(60_000);
  });
  test.afterEach(async () => {
    await desk.app.close().catch(() => undefined);
  });

  test('a break due in a call appears only after wrap-up, takes no focus, and a ringing phone ends it', async () => {
    const { page } = desk;
    await call.press('F9');
    await call.expectState('Talking');
    // Due for long, in the middle of the call: words in the clock, nothing else.
    await expect(clock(page)).toHaveText('Break after this call', { timeout: 60_000 });
    await page.waitForTimeout(4_000);
    await expect(card(page)).toBeHidden();
    expect(await clock(page).getAttribute('data-due')).toBeNull();
    await pictureOf(page, 'in-call');

    await call.press('F10');
    await call.expectState('Wrap-up');
    await page.waitForTimeout(4_000);
    await expect(card(page)).toBeHidden();
    await wrapUp(page);
    await call.expectState('No call');

    // Typing goes on while the card comes: not a letter of it is lost or taken for an answer.
    await call.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Search everything' });
    await expect(box).toBeFocused();
    await page.keyboard.type('par');
    await expect(card(page)).toBeVisible({ timeout: 60_000 });
    await expect(box).toBeFocused();
    await page.keyboard.type('cel b');
    await expect(box).toHaveValue('parcel b');
    await expect(card(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await pictureOf(page, 'card');
    await axe(page);

    await page.waitForTimeout(2_500);
    await page.keyboard.press('Alt+b');
    await expect(card(page).getByRole('timer')).toBeVisible();
    await expect(clock(page)).toContainText('left');
    await pictureOf(page, 'break');

    await call.press('F9');
    await call.expectState('Talking');
    await expect(card(page)).toBeHidden();
    await expect(call.note).toBeVisible();
    await call.focusNote();
    await page.keyboard.type('still here');
    await call.expectSaved();
    expect(desk.errors).toEqual([]);
  });

  test('the card leaves the caret in a note that is being typed', async () => {
    const { page } = desk;
    await call.openScreen('My day');
    await page.getByRole('tab', { name: 'Wins' }).click();
    const line = page.getByLabel('Line 1');
    await line.focus();
    await page.keyboard.type('helped a lady with');
    await expect(card(page)).toBeVisible({ timeout: 60_000 });
    await expect(line).toBeFocused();
    const windows = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => ({ full: window.isFullScreen(), kiosk: window.isKiosk(), modal: window.isModal() })));
    expect(windows.every(({ full, kiosk, modal }) => !full && !kiosk && !modal)).toBe(true);
    await page.keyboard.type(' her parcel');
    await expect(line).toHaveValue('helped a lady with her parcel');
  });

  test('sleep as long as the break discharges it; nothing jumps up on waking', async () => {
    const { page } = desk;
    await expect(clock(page)).toHaveText('Break due', { timeout: 60_000 });
    await desk.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
    await page.waitForTimeout(22_000);
    await desk.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
    await page.waitForTimeout(1_500);
    await expect(card(page)).toBeHidden();
    await page.keyboard.press('Shift');
    await expect(clock(page)).toContainText(/Break in/, { timeout: 20_000 });
  });

  test('a hard call is marked with one key and offered after the call, with contacts', async () => {
    const { page } = desk;
    await settings(page, { breaks: { support: { words: 'You may stop for today.', people: [{ name: 'Ines Duarte', how: 'ext. 12' }], emergency: '112' } } });
    await call.press('F9');
    await call.expectState('Talking');
    await call.focusNote();
    await page.keyboard.type('said he would come');
    await call.press('F2');
    await expect(card(page).getByRole('heading', { name: 'Hard call' })).toBeVisible();
    await expect(call.note).toBeFocused();
    await pictureOf(page, 'hard-picker');
    await page.keyboard.press('Alt+3');
    await expect(call.note).toHaveValue('said he would come');
    await page.waitForTimeout(3_000);
    await expect(card(page)).toBeHidden();
    await call.press('F10');
    await wrapUp(page);
    await expect(card(page)).toContainText('Ines Duarte', { timeout: 60_000 });
    await expect(card(page)).toContainText('112');
    await pictureOf(page, 'hard-offer');
    await axe(page);
    await page.waitForTimeout(2_500);
    await page.keyboard.press('Alt+b');
    await expect(card(page).getByRole('timer')).toHaveText(/^(10:00|9:5\d)$/);
    await expect(card(page).getByRole('heading', { name: 'Recovery pause' })).toBeVisible();
  });

  test('breathing moves only where movement is wanted', async () => {
    const { page } = desk;
    for (const motion of ['off', 'on'] as const) {
      await settings(page, { reducedMotion: motion });
      await call.openScreen('My day');
      await page.getByRole('tab', { name: 'Today' }).click();
      await page.getByRole('button', { name: 'Meal break now' }).click();
      const panel = card(page);
      await expect(panel.getByRole('timer')).toBeVisible();
      for (let turn = 0; turn < 20; turn += 1) {
        const breathing = panel.getByRole('button', { name: /breathe ·/ });
        if (await breathing.count() > 0) {
          await breathing.first().click();
          break;
        }
        await panel.getByRole('button', { name: 'Other ideas' }).click();
      }
      await expect(panel).toContainText(/Breathe (in|out)/);
      const moving = await panel.locator('[style*="scale"]').evaluateAll((elements) => elements.filter((element) => {
        const seconds = getComputedStyle(element).transitionDuration.split(',').map((part) => parseFloat(part));
        return seconds.some((value) => value > 0.1);
      }).length);
      expect(moving).toBe(motion === 'off' ? 1 : 0);
      await pictureOf(page, `breathing-${motion === 'off' ? 'moving' : 'still'}`);
      await panel.getByRole('button', { name: 'Back to work' }).click();
      await expect(panel.getByRole('timer')).toBeHidden();
    }
  });

  test('My day: check in, read it back, in every theme and at twice the size without a fault', async () => {
    test.setTimeout(600_000);
    const { page } = desk;
    await call.openScreen('My day');
    await page.getByLabel('A word about it (optional)').fill('tired but fine');
    await page.getByRole('button', { name: 'so-so' }).click();
    await expect(page.getByRole('table')).toContainText('Check-in: 3 of 5');
    await expect(page.getByRole('table')).toContainText('tired but fine');
    await page.getByRole('tab', { name: 'Wins' }).click();
    await page.getByLabel('Line 1').fill('Mrs Okafor laughed at the end');
    await page.getByRole('button', { name: 'Keep these lines' }).click();
    await page.getByLabel('Find in your wins').fill('okafor');
    await expect(page.getByRole('listitem').filter({ hasText: 'Mrs Okafor' })).toBeVisible();
    for (const [theme, textSize] of [['light', 100], ['dark', 100], ['contrast', 100], ['light', 200]] as const) {
      await settings(page, { theme, textSize, breaks: { preset: 'callside' } });
      for (const tab of ['Today', 'Week', 'Month', 'Wins', 'Rules and data']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.waitForTimeout(400);
        await pictureOf(page, `my-day-${tab.toLowerCase().replaceAll(' ', '-')}-${theme}-${textSize}`);
        await axe(page);
        const sideways = await page.evaluate(() => [...document.querySelectorAll('main, main [role="tabpanel"], main section')].filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => element.className));
        expect(sideways).toEqual([]);
      }
    }
    expect(desk.errors).toEqual([]);
  });

  test('a month of one’s own: charts with words, own exports, a statement that verifies, erased without trace', async ({ dataDir }) => {
    test.setTimeout(600_000);
    const MARK = 'CANARY-month-9183';
    await desk.app.close();
    await seedMonth(dataDir, MARK);
    desk = await startDesk(dataDir);
    const { page, app } = desk;
    page.setDefaultTimeout(60_000);
    await new CallPage(page).openScreen('My day');
    await expect(page.getByRole('meter', { name: 'Load' })).toHaveAttribute('aria-valuetext', /of 100/);
    await expect(page.getByText('one abusive call', { exact: false })).toBeVisible();
    for (const [theme, textSize] of [['light', 100], ['dark', 100], ['contrast', 100], ['light', 200]] as const) {
      await settings(page, { theme, textSize });
      for (const tab of ['Today', 'Week', 'Month', 'Wins', 'Rules and data']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.waitForTimeout(500);
        await pictureOf(page, `seeded-${tab.toLowerCase().replaceAll(' ', '-')}-${theme}-${textSize}`);
        await axe(page);
      }
    }
    await settings(page, { theme: 'light', textSize: 100 });
    await page.getByRole('tab', { name: 'Month' }).click();
    await expect(page.getByText(/\d+ taken, \d+ left open in \d+ days/)).toBeVisible();
    await page.getByText('Numbers').first().click();
    await expect(page.getByRole('table').first()).toBeVisible();

    await page.getByRole('tab', { name: 'Rules and data' }).click();
    const saveTo = async (button: string): Promise<string> => {
      const file = join(dataDir, '..', `${MARK}-${button.replaceAll(' ', '-')}`);
      await app.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
      }, file);
      await page.getByRole('button', { name: button }).click();
      await expect.poll(() => existsSync(file)).toBe(true);
      const text = readFileSync(file, 'utf8');
      rmSync(file);
      return text;
    };
    expect(await saveTo('Export as CSV')).toContain(`${MARK} queue full`);
    await page.getByLabel('From').fill('2020-01-01');
    const { statement, publicKey, signature } = JSON.parse(await saveTo('Save the statement')) as Record<string, string>;
    expect(verify(null, Buffer.from(statement ?? ''), createPublicKey(publicKey ?? ''), Buffer.from(signature ?? '', 'base64'))).toBe(true);
    expect(statement).not.toContain(MARK);

    // Nothing of it lies readable in any file of the desk, before and after it was erased.
    const readable = (): string[] => readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((file) => {
      const bytes = readFileSync(file);
      return bytes.includes(MARK) || bytes.includes(Buffer.from(MARK, 'utf16le'));
    });
    expect(readable()).toEqual([]);
    await page.getByRole('button', { name: 'Erase all of this' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
    await expect(page.getByText(/^Erased\. /)).toBeVisible();
    await page.getByRole('tab', { name: 'Wins' }).click();
    await expect(page.getByText('Nothing kept yet', { exact: false })).toBeVisible();
    await page.getByRole('tab', { name: 'Today' }).click();
    await expect(page.getByText('Nothing yet. Breaks', { exact: false })).toBeVisible();
    expect(desk.errors).toEqual([]);
    await app.close();
    expect(readable()).toEqual([]);
  });
});
