import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { dress, invoke, violations } from './pages/look-page.ts';
import { pictureOf } from './pictures.ts';


const stepId = (page: Page): Promise<string | null> => page.locator('[data-script-step]').getAttribute('data-script-step');
const callers = (page: Page) => page.getByRole('group', { name: 'Callers' }).getByRole('button');
const notes = (page: Page) => page.getByRole('textbox', { name: 'Notes of what was said' });
const talk = (page: Page, name: string) => page.getByRole('list', { name: `What ${name} says` });

/** Opens the screen and picks up the call of a prepared caller, by keyboard. */
async function pickUp(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Practise' }).focus();
  await page.keyboard.press('Enter');
  const button = callers(page).filter({ hasText: name });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Pick up' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(notes(page)).toBeFocused();
}

test('an agent practises with a difficult caller and looks back at it', async ({ desk }) => {
  const { page } = desk;
  await expect(page.getByText(/scripts,/)).toBeVisible();
  await pickUp(page, 'Denise Farrow');
  expect(await page.locator('[data-script]').getAttribute('data-script')).toBe('greeting-and-identification');
  await expect(talk(page, 'Denise Farrow')).toContainText('no trampoline');

  await page.keyboard.type('trampoline, Saturday birthday');
  await page.keyboard.press('Alt+Enter');
  await expect.poll(() => stepId(page)).toBe('gi-name');
  // The line written for the opening step is the answer to the first question of the greeting.
  await expect(talk(page, 'Denise Farrow')).toContainText('SK4 2PD');
  await page.keyboard.press('Alt+i');
  await page.keyboard.type('Denise Farrow');
  await page.keyboard.press('Enter');
  await expect.poll(() => stepId(page)).toBe('gi-whose');
  await page.keyboard.press('Alt+1');
  await expect.poll(() => stepId(page)).toBe('gi-check');
  // Jumping over a line that must be said is seen in the look back: the caller "did it already".
  await page.keyboard.press('Alt+d');
  await page.keyboard.press('Alt+1');
  await expect.poll(() => stepId(page)).toBe('gi-confirmed');
  await page.keyboard.press('Alt+Enter');
  await expect.poll(() => stepId(page)).toBe('empathy');
  // The first twist comes after four steps.
  await expect(talk(page, 'Denise Farrow').locator('[data-kind="twist"]')).toContainText('my neighbour');
  await page.keyboard.press('F6');
  await page.keyboard.press('d');
  const words = (await page.locator('[data-offer]').first().textContent()) ?? '';
  await page.keyboard.press('1');

  // The clock can be stopped; patience does not run out meanwhile.
  await page.keyboard.press('F8');
  await expect(page.getByText('The clock stands still.')).toBeVisible();
  await page.keyboard.press('F8');
  await page.keyboard.press('F10');
  await expect(page.getByRole('heading', { name: 'Looking back: Denise Farrow' })).toBeVisible();
  const review = page.locator('main');
  await expect(page.locator('[data-must-say-review]')).toContainText('Identity check');
  await expect(page.locator('[data-must-say-review] li').filter({ hasText: 'missed' }).first()).toContainText('Identity check');
  await expect(review).toContainText('Don’t compete'.replace('’', "'"));
  await expect(review).toContainText(words.replace(/^1/, '').slice(0, 15));
  await expect(review).toContainText('trampoline, Saturday birthday');
  const runs = await invoke<{ caller: string; review: { missed: string[] } }[]>(page, 'practise.runs', { limit: 10 });
  expect(runs).toHaveLength(1);
  expect(runs[0]?.caller).toBe('late-delivery-denise');
  // Nothing of it became a call.
  expect(await invoke<unknown[]>(page, 'calls.open', {})).toEqual([]);
  expect(desk.errors).toEqual([]);
});

test('a caller left in silence says so', async ({ desk }) => {
  const { page } = desk;
  await expect(page.getByText(/scripts,/)).toBeVisible();
  await pickUp(page, 'Yusuf Demir');
  await expect(talk(page, 'Yusuf Demir').locator('[data-kind="impatient"]')).toHaveCount(1, { timeout: 15_000 });
});

test('a real call ends practice at once and loses nothing', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await expect(page.getByText(/scripts,/)).toBeVisible();
  await pickUp(page, 'Raj');
  await page.keyboard.type('two lights blinking');
  await invoke(page, 'calls.start', { direction: 'in', ringing: true, number: '01632 960321' });
  await call.expectState('Ringing');
  await expect(page.getByRole('region', { name: 'Notes' })).toBeVisible();
  await call.press('F9');
  await call.expectState('Talking');
  const [run] = await invoke<{ review: { finished: boolean; notes: string } }[]>(page, 'practise.runs', { limit: 10 });
  expect(run?.review).toMatchObject({ finished: false, notes: 'two lights blinking' });
});

for (const theme of ['light', 'dark', 'contrast'] as const) {
  test(`practice and a guided call have no accessibility faults in ${theme}`, async ({ desk }) => {
    const { page } = desk;
    await expect(page.getByText(/scripts,/)).toBeVisible();
    await dress(page, { theme });
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Practise' }).press('Enter');
    await expect(callers(page).first()).toBeVisible();
    expect.soft(await violations(page), 'choosing').toEqual([]);
    await pickUp(page, 'Denise Farrow');
    expect.soft(await violations(page), 'talking').toEqual([]);
    await pictureOf(page, `practise-talk-${theme}`);
    if (theme === 'light') {
      // With large text the clock stays a bar, and the caller's name whole.
      await dress(page, { theme, textSize: 200 });
      const bar = await page.getByRole('meter').boundingBox();
      expect(bar?.width ?? 0).toBeGreaterThan(60);
      await pictureOf(page, 'practise-talk-twice');
      await dress(page, { theme, textSize: 100 });
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: /Looking back/ })).toBeVisible();
    expect.soft(await violations(page), 'review').toEqual([]);
    await pictureOf(page, `practise-review-${theme}`);

    const call = new CallPage(page);
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Call', exact: true }).press('Enter');
    await call.press('F9');
    await expect(call.note).toBeFocused();
    await call.openScript('late delivery');
    await call.press('Alt+Enter');
    await call.press('Alt+Enter');
    for (const key of ['x', 'v', 'g']) {
      await call.press('F6');
      await page.keyboard.press(key);
      await expect(page.locator('[data-offer]').first()).toBeVisible();
      expect.soft(await violations(page), `live call, ${key}`).toEqual([]);
    }
    await call.press('Alt+p');
    await page.getByRole('dialog').waitFor();
    expect.soft(await violations(page), 'pausing').toEqual([]);
  });
}
