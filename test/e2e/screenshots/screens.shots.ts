import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { CallPage } from '../pages/call-page.ts';
import { invoke } from '../pages/look-page.ts';
import { seedMorning } from './morning.ts';
import { ROOT, shoot } from './shoot.ts';

/** Walks the late-delivery script to the question after the order was found, as an agent would. */
async function toTheQuestion(page: Page, call: CallPage): Promise<void> {
  const fill = async (label: string, value: string): Promise<void> => {
    await page.getByLabel(label).fill(value);
    await page.getByLabel(label).blur();
  };
  const step = async (cue: string): Promise<void> => expect(page.getByRole('heading', { name: cue })).toBeVisible();
  await call.openScript('late delivery');
  await call.press('Alt+Enter');
  await step('Ask for their name');
  await fill('Customer name', 'Ada Okafor');
  await call.press('Alt+Enter');
  await step('Own account or someone else');
  await call.press('Alt+1');
  await step('Identity check');
  await call.press('Alt+1');
  await step('Checked. Thank them');
  await call.press('Alt+Enter');
  await step('Own the wait first');
  await call.press('Alt+Enter');
  await step('Order, item, promised date');
  await fill('Order number', 'NL-4408213');
  await fill('Item', 'washing machine');
  await fill('Delivery date first promised', '2026-11-17');
  await call.press('Alt+Enter');
  await step('What day is it needed for');
}

test('every screen', async ({ desk }) => {
  test.setTimeout(1_200_000);
  const { page } = desk;
  const call = new CallPage(page);
  await invoke(page, 'settings.update', { agentName: 'Sam', company: 'Northlight', country: 'GB' });
  await page.getByLabel('Find a script').waitFor();
  await shoot(desk, '01-ready-new');
  await seedMorning(page);
  await page.keyboard.press('Control+2');
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { name: 'Last calls' }).waitFor();
  await shoot(desk, '02-ready');

  await page.getByLabel('Number', { exact: true }).fill('07700 900123');
  await page.getByLabel('Name of the caller').fill('Ada Okafor');
  await call.press('Enter');
  await call.expectState('Talking');
  await shoot(desk, '03-pick-script');
  await toTheQuestion(page, call);
  await call.focusNote();
  await page.keyboard.type('Washing machine was promised for Tuesday, nobody came and nobody rang. Second call about it.\n\nHas taken Friday off. Needs a time, not a day. Old machine has to go as well.');
  await call.expectSaved();
  await call.press('F6');
  await page.keyboard.press('a');
  await expect(call.words.getByRole('heading', { name: 'Angry' })).toBeVisible();
  await shoot(desk, '04-live-call');
  mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
  await page.screenshot({ path: join(ROOT, 'docs/images/live-call.png') });

  await call.search('washng mach');
  await page.waitForTimeout(300);
  await shoot(desk, '05-palette');
  await page.keyboard.press('Enter');
  await expect(call.card).toContainText('£');
  await shoot(desk, '06-product-card');
  await call.press('Alt+v');
  await call.search('brennholm w9');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await call.press('Alt+v');
  await shoot(desk, '07-compare');
  await call.press('Escape');
  await call.press('F1');
  await page.getByRole('dialog').waitFor();
  await shoot(desk, '08-keys');
  await call.press('Escape');

  await call.press('F10');
  await call.expectState('Wrap-up');
  await page.getByLabel('What is to be done').fill('Call with the exact hour of the delivery');
  await page.getByLabel('When', { exact: true }).fill('tomorrow 10');
  await page.keyboard.press('Enter');
  await page.getByText(/Call back: Call with the exact hour/).waitFor();
  await page.getByLabel('Outcome: number, or type to find').focus();
  await page.keyboard.press('1');
  await shoot(desk, '09-wrap-up');
  await page.getByRole('switch', { name: 'This was a complaint' }).press('Space');
  await shoot(desk, '10-wrap-up-complaint');
  await page.getByRole('switch', { name: 'This was a complaint' }).press('Space');
  await call.press('Control+Enter');
  await call.expectState('No call');
  await page.waitForTimeout(6_000);

  const rail = page.getByRole('navigation', { name: 'Screens' }).getByRole('button');
  for (let index = 1; index < (await rail.count()); index += 1) {
    const name = ((await rail.nth(index).getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
    await rail.nth(index).focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(400);
    if (name === 'History') {
      await page.getByRole('row').filter({ hasText: 'Ada Okafor' }).first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Ada Okafor' }).waitFor();
    }
    await shoot(desk, `${10 + index}-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`);
  }
});
