import { expect, test } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';

test('typo, product, compare, copy the price, and back in the note where the cursor was', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await call.press('F9');
  await call.expectState('Talking');
  await call.focusNote();
  await page.keyboard.type('before  after');
  for (let index = 0; index < 6; index += 1) await page.keyboard.press('ArrowLeft');
  const cursor = (): Promise<number> => page.evaluate(() => (document.activeElement instanceof HTMLTextAreaElement ? document.activeElement.selectionStart : -1));
  expect(await cursor()).toBe(7);

  await call.search('washng machne');
  const first = page.getByRole('option').first();
  await expect(first).toContainText(/wash/i);
  await page.keyboard.press('Enter');
  await expect(call.note).toBeFocused();
  expect(await cursor()).toBe(7);
  await expect(call.card).toContainText('£');
  await call.press('Alt+v');

  await call.search('frige freezr');
  await page.keyboard.press('Enter');
  await expect(call.card.getByText('£').first()).toBeVisible();
  await call.press('Alt+c');
  const copied = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/: .*£\d/);
  await call.press('Alt+v');
  await expect(page.getByRole('columnheader').filter({ hasText: /washing|fridge/i })).toHaveCount(2);
  await expect(page.locator('tr[data-differs]').first()).toBeVisible();

  await call.press('Escape');
  await expect(call.note).toBeFocused();
  expect(await cursor()).toBe(7);
  await page.keyboard.type('NOW');
  await expect(call.note).toHaveValue('before NOW after');
  await call.expectSaved();
});

test('what is not there offers the nearest and is counted for supervisors, unless the desk opted out', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  const ask = (route: string, input: unknown): Promise<unknown> =>
    page.evaluate(async ([name, value]) => {
      const { invoke } = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ data: unknown }> } }).callside;
      return (await invoke(name as string, value, crypto.randomUUID())).data;
    }, [route, input] as const);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zzqx unobtainium');
  await call.expectAnswered('zzqx unobtainium');
  await call.press('Escape');
  await expect.poll(async () => JSON.stringify(await ask('search.misses', { limit: 10 }))).toContain('unobtainium');

  await ask('settings.update', { missLog: false });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('wholly absent gizmo');
  await call.expectAnswered('wholly absent gizmo');
  await call.press('Escape');
  await page.waitForTimeout(300);
  expect(JSON.stringify(await ask('search.misses', { limit: 10 }))).not.toContain('gizmo');
});

test('pinned results come first when nothing is typed', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await call.search('kettle');
  const title = await page.getByRole('option').first().textContent();
  await call.press('Alt+p');
  await call.press('Escape');
  await call.press('Control+k');
  await expect(page.getByText('Pinned').first()).toBeVisible();
  await expect(page.getByRole('option').first()).toContainText((title ?? '').slice(0, 10));
});
