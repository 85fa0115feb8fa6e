import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { test, type Desk } from '../fixtures.ts';
import { CallPage } from '../pages/call-page.ts';

const OUT = resolve(import.meta.dirname, '../../../screenshots');
const SIZES = [[1366, 768], [1920, 1080]] as const;
const THEMES = ['light', 'dark', 'contrast'] as const;

/** Sets theme and names as the settings page would. */
async function dress(page: Page, patch: Record<string, unknown>): Promise<void> {
  await page.evaluate(async (input) => {
    const { invoke } = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<unknown> } }).callside;
    await invoke('settings.update', input, crypto.randomUUID());
  }, patch);
}

async function size(desk: Desk, width: number, height: number): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0), [width, height]);
}

/** Takes the present screen in every theme and size. */
async function shoot(desk: Desk, name: string): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  for (const theme of THEMES) {
    await dress(desk.page, { theme });
    for (const [width, height] of SIZES) {
      await size(desk, width, height);
      await desk.page.waitForTimeout(350);
      await desk.page.screenshot({ path: join(OUT, `${name}-${theme}-${width}x${height}.png`) });
    }
  }
  await dress(desk.page, { theme: 'light' });
  await size(desk, 1366, 768);
}

test('every screen', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await dress(page, { agentName: 'Sam', company: 'Northlight', textSize: 100 });
  await shoot(desk, '01-ready');

  await page.getByLabel('Number').fill('07700 900123');
  await page.getByLabel('Name of the caller').fill('Ada Okafor');
  await call.press('Enter');
  await call.expectState('Talking');
  await shoot(desk, '02-pick-script');
  await call.openScript('late');
  await call.answerOrNext();
  await call.answerOrNext();
  await call.focusNote();
  await page.keyboard.type('Washing machine should have come on Tuesday. Second call about it. She has taken a day off for Friday and needs a time, not a day.');
  await call.expectSaved();
  await call.press('F6');
  await page.keyboard.press('a');
  await shoot(desk, '03-live-call');

  await call.search('washng mach');
  await page.waitForTimeout(300);
  await shoot(desk, '04-palette');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await shoot(desk, '05-product-card');
  await call.press('Alt+v');
  await call.search('fridge freezer');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await call.press('Alt+v');
  await shoot(desk, '06-compare');
  await call.press('Escape');
  await call.press('F1');
  await page.waitForTimeout(200);
  await shoot(desk, '07-keys');
  await call.press('Escape');

  await call.press('F10');
  await call.expectState('Wrap-up');
  await page.getByLabel('What is to be done').fill('Call with the exact hour of the delivery');
  await page.getByLabel('When').fill('tomorrow 10');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await shoot(desk, '08-wrap-up');
  await page.getByLabel('Outcome: number, or type to find').focus();
  await page.keyboard.press('1');
  await call.press('Control+Enter');
  await call.expectState('No call');

  for (const [name, screen] of [['09-follow-ups', 'Follow-ups'], ['10-history', 'History'], ['11-my-day', 'My day'], ['12-practise', 'Practise'], ['13-workshop', 'Workshop'], ['14-settings', 'Settings']] as const) {
    const entry = page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen });
    if ((await entry.count()) === 0) continue;
    await entry.click();
    await page.waitForTimeout(400);
    await shoot(desk, name);
  }
});
