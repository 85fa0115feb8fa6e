import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { invoke, violations } from './pages/look-page.ts';
import { openShop, type Shop } from './shop.ts';

const SLOW = { timeout: 20_000 };

const kettle = (amount: number): PackLine => ({ kind: 'product', record: { sku: 'SHOP-1', name: 'Copper kettle', price: { amount, currency: 'GBP' } } });
const article: PackLine = { kind: 'article', record: { id: 'shop-returns', kind: 'policy', title: 'Copper goods', summary: 'Copper may darken; that is no fault.', body: 'Copper darkens with use.' } };
const news: PackLine = { kind: 'announcement', record: { id: 'shop-news', title: 'The kettle sale begins', body: 'From today.', importance: 'important', acknowledge: 'once' } };

const price = async (page: Page): Promise<number | undefined> => {
  const [line] = await invoke<{ record: { price?: { amount: number } } }[]>(page, 'knowledge.get', { refs: [{ kind: 'product', key: 'SHOP-1' }] });
  return line?.record.price?.amount;
};
const go = (page: Page, screen: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen }).click();
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const receipts = (shop: Shop): Receipt[] => readdirSync(join(shop.folder, 'receipts')).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(shop.folder, 'receipts', name), 'utf8')) as Receipt);
const look = async (page: Page, name: string): Promise<void> => {
  const dir = process.env['CALLSIDE_LOOK'];
  if (dir !== undefined) await page.screenshot({ path: join(dir, `${name}.png`) });
};

/** An agent adds the folder and types the fingerprint from paper. */
async function addChannel({ app, page }: Desk, shop: Shop): Promise<void> {
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, shop.folder);
  await go(page, 'Settings');
  await tab(page, 'Channels');
  await page.getByRole('button', { name: 'Add a folder' }).click();
  const field = page.getByRole('textbox', { name: 'Fingerprint' });
  await field.waitFor(SLOW);
  await field.fill(shop.fingerprint.replace(/^./, (first) => (first === 'Z' ? 'Y' : 'Z')));
  await page.keyboard.press('Enter');
  await expect(page.getByText('does not match the fingerprint')).toBeVisible(SLOW);
  await field.fill(shop.fingerprint.toLowerCase().replaceAll('-', ' '));
  await page.keyboard.press('Enter');
  await expect(page.getByText('The newest release is in use.')).toBeVisible(SLOW);
}

test('releases reach desks through a folder: after the call, after weeks, and back again', async () => {
  const dirs = ['a', 'b'].map(() => mkdtempSync(join(tmpdir(), 'callside-e2e-')));
  const shop = await openShop();
  let a: Desk | undefined;
  let b: Desk | undefined;
  try {
    await shop.publish([kettle(2_000), article, news]);
    a = await startDesk(dirs[0] ?? '');
    b = await startDesk(dirs[1] ?? '');
    await addChannel(a, shop);
    await addChannel(b, shop);
    expect([await price(a.page), await price(b.page)]).toEqual([2_000, 2_000]);
    expect(await violations(a.page)).toEqual([]);
    await look(a.page, 'channels');

    // A release during a call is checked at once and used when call and wrap-up are over; the desk without a call has it right away.
    await a.page.keyboard.press('F9');
    await expect(a.page.getByRole('textbox', { name: 'Notes of this call' })).toBeVisible();
    await shop.publish([kettle(2_500)], { note: 'New price from today.' });
    await expect.poll(() => price(b?.page as Page), SLOW).toBe(2_500);
    await go(a.page, 'Settings');
    await tab(a.page, 'Channels');
    await expect(a.page.getByText('Release 2 has been checked. It is used as soon as no call is open.')).toBeVisible(SLOW);
    expect(await price(a.page)).toBe(2_000);
    await a.page.keyboard.press('F10');
    await go(a.page, 'Call');
    await expect(a.page.getByRole('textbox', { name: 'Notes of this call' })).toBeVisible();
    expect(await price(a.page)).toBe(2_000);

    // The other desk reads what has changed, in words.
    await go(b.page, 'What’s new');
    await tab(b.page, 'Changes');
    await b.page.getByRole('button', { name: 'Show what changed in Copper kettle' }).click();
    await expect(b.page.getByText('£20.00')).toBeVisible();
    await expect(b.page.getByText('£25.00')).toBeVisible();
    await expect(b.page.getByText('New price from today.')).toBeVisible();
    expect(await violations(b.page)).toEqual([]);
    await look(b.page, 'whats-new-changes');

    // One desk is off for weeks; it catches up to the last state, and the one in wrap-up gets there when the call is closed.
    await b.app.close();
    await shop.publish([kettle(2_600)]);
    await shop.publish([kettle(2_700)]);
    await a.page.getByLabel('Outcome: number, or type to find').focus();
    await a.page.keyboard.type('status given');
    await a.page.keyboard.press('Enter');
    await a.page.keyboard.press('Control+Enter');
    await expect.poll(() => price(a?.page as Page), SLOW).toBe(2_700);
    b = await startDesk(dirs[1] ?? '');
    await expect.poll(() => price(b?.page as Page), SLOW).toBe(2_700);

    // Confirming an announcement and flagging a card: both go back without a name.
    await go(a.page, 'What’s new');
    await look(a.page, 'whats-new-announcements');
    const sale = a.page.getByRole('article', { name: 'The kettle sale begins' });
    await sale.getByRole('button', { name: 'I have read it' }).click();
    await expect(sale.getByText('Read', { exact: true })).toBeVisible();
    await a.page.keyboard.press('Control+k');
    await a.page.keyboard.type('copper goods');
    await a.page.getByRole('option', { name: /Copper goods/ }).first().click();
    await a.page.getByRole('article', { name: 'Copper goods' }).getByRole('button', { name: 'Something is wrong or unclear here' }).click();
    await a.page.getByRole('textbox', { name: 'In your words' }).fill('Customers ask how to clean it.');
    await a.page.getByRole('button', { name: 'Flag it' }).click();
    await expect.poll(() => receipts(shop).find(({ flags }) => flags.length > 0)?.flags[0]?.text, SLOW).toBe('Customers ask how to clean it.');
    const receipt = receipts(shop).find(({ flags }) => flags.length > 0);
    expect(receipt?.acknowledged.map(({ announcement }) => announcement)).toEqual(['shop-news']);
    await expect.poll(() => receipts(shop).map(({ releases }) => releases[0]?.release), SLOW).toEqual([4, 4]);
    const { desks } = await invoke<{ desks: { desk: string; own: boolean }[] }>(a.page, 'desks.list', {});
    expect(desks.map(({ own }) => own).toSorted((one, other) => Number(one) - Number(other))).toEqual([false, true]);

    // The answer comes to the desk that asked, and to no other.
    await shop.reply(receipt?.desk ?? '', { flag: receipt?.flags[0]?.id ?? '', text: 'It now says: lemon and salt.', outcome: 'changed' });
    await expect(a.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /What’s new.*\d things?/ })).toBeVisible(SLOW);
    await go(a.page, 'What’s new');
    await tab(a.page, 'Your flags');
    await expect(a.page.getByText('It now says: lemon and salt.')).toBeVisible();
    await look(a.page, 'whats-new-flags');
    await a.page.getByRole('button', { name: 'Got it' }).click();

    // A self-check by keyboard: think, look, rate.
    await tab(a.page, 'Check yourself');
    await look(a.page, 'whats-new-checks');
    await a.page.getByRole('button', { name: 'Show the answer' }).click();
    await a.page.keyboard.press('3');
    await expect.poll(async () => (await invoke<unknown[]>(a?.page as Page, 'checks.progress', {})).length).toBe(1);
    expect(await violations(a.page)).toEqual([]);

    // Going back reaches both.
    await shop.publish([kettle(2_000)], { rollbackTo: 1 });
    for (const desk of [a, b]) await expect.poll(() => price(desk.page), SLOW).toBe(2_000);
    expect([...a.errors, ...b.errors]).toEqual([]);
  } finally {
    await a?.app.close().catch(() => undefined);
    await b?.app.close().catch(() => undefined);
    shop.close();
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
});
