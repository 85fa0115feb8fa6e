import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { clippedText, dress, invoke, violations, type Look } from './pages/look-page.ts';
import { WorkshopPage } from './pages/workshop-page.ts';
import { pictureOf } from './pictures.ts';
import { openShop } from './shop.ts';

/** A laptop of the built-in catalogue. */
const SKU = 'NL-LAP-1004';
const SLOW = { timeout: 20_000 };
const PLAIN: Look = { theme: 'light', textSize: 100, language: 'en', reducedMotion: 'system' };
const LOOKS: readonly (Look & { name: string })[] = [
  { name: 'light', ...PLAIN },
  { name: 'dark-german', ...PLAIN, theme: 'dark', language: 'de' },
  { name: 'contrast-200', ...PLAIN, theme: 'contrast', textSize: 200 },
];

/** Another language draws the page anew: its pictures have come, and what follows from their size is done. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 250));
    await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => undefined)));
    await new Promise((done) => setTimeout(done, 100));
  });
}

/** The page in front in every look: no violation, no words cut off. */
async function inspect({ page }: Desk, where: string): Promise<void> {
  const problems: string[] = [];
  for (const { name, ...look } of LOOKS) {
    await dress(page, look);
    await settled(page);
    for (const one of [...(await violations(page)), ...(await clippedText(page))]) problems.push(`${name}: ${one}`);
    await pictureOf(page, `desk-${where}-${name}`);
  }
  await dress(page, PLAIN);
  expect.soft(problems, where).toEqual([]);
}

/** The next full minute of the desk's clock, as one writes it there. */
function nextMinute(desk: Desk): Promise<string> {
  return desk.page.evaluate(() => {
    const at = new Date(Math.ceil((Date.now() + 6_000) / 60_000) * 60_000);
    return `${new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(at)} ${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  });
}

const laptop = (amount: number): PackLine => ({ kind: 'product', record: { sku: SKU, name: 'Kestrin, as the retailer calls it', price: { amount, currency: 'GBP' } } });

test('one supervisor: a change that goes out by itself, an article with a picture, records of this desk alone, and which knowledge base decides', async ({ dataDir }) => {
  const folder = join(dataDir, 'house');
  for (const name of ['house', 'desk']) mkdirSync(join(dataDir, name));
  const retailer = await openShop();
  const desk = await startDesk(join(dataDir, 'desk'));
  const { page } = desk;
  const shop = new WorkshopPage(desk);
  try {
    const price = async (): Promise<number | undefined> => (await invoke<{ record: { price?: { amount: number } } }[]>(page, 'knowledge.get', { refs: [{ kind: 'product', key: SKU }] }))[0]?.record.price?.amount;
    await retailer.publish([laptop(1_599)]);
    const key = await shop.ask('keys.create', { name: 'Olga Berg', roles: ['author', 'approver', 'owner'], passphrase: 'four quiet words here' });
    await shop.dialogsAnswer(folder);
    expect(await shop.ask('trust.create', { kb: 'house', title: 'Our house', key: key['id'] })).toMatchObject({ outcome: 'done' });
    await shop.dialogsAnswer(retailer.folder);
    const added = await shop.ask('channels.add', {});
    await shop.ask('channels.check', {});
    expect(await shop.ask('channels.trust', { id: added['id'], fingerprint: retailer.fingerprint })).toMatchObject({ outcome: 'trusted' });
    await expect.poll(price, SLOW).toBe(1_599);
    await shop.open();

    await test.step('a change of price waits for its minute', async () => {
      await shop.change(SKU);
      await shop.setPrice('17.49');
      await page.getByText('When and how many approvals').click();
      await page.getByLabel('Publish no earlier than').fill('31/31/2026 10:00');
      await expect(page.getByRole('button', { name: 'Send for review' })).toBeDisabled();
      await page.getByLabel('Publish no earlier than').fill(await nextMinute(desk));
      await page.keyboard.press('Tab');
      await shop.press('Send for review');
      await shop.press('Approve: nobody else can');
      await shop.expectState('Approved');
      await expect(page.getByText(/It is approved and goes out on/)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Publish now' })).toHaveCount(0);
      await shop.picture('desk-scheduled');
      await shop.press('Back');
      await shop.section('Review');
      await expect(page.getByRole('grid', { name: 'Review' }).getByText(/^Goes out/)).toBeVisible();
    });

    await test.step('an article is given a picture, and both go out together', async () => {
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 180 } });
      await shop.section('Knowledge');
      await choose(page.getByRole('combobox', { name: 'Kind' }).or(page.getByRole('textbox', { name: 'Kind' })).first(), 'Article');
      await shop.press('New: Article');
      await page.getByRole('textbox', { name: 'Title' }).fill('Where the label is');
      await page.getByRole('textbox', { name: 'The answer in one sentence' }).fill('Under the foot of the lamp.');
      await page.getByRole('textbox', { name: /^Text/ }).fill('Turn the lamp over.');
      await shop.press('Add a picture');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Picture file').setInputFiles({ name: 'label.png', mimeType: 'image/png', buffer: picture });
      await dialog.getByRole('textbox', { name: 'What the picture shows' }).fill('The foot of the lamp with its label');
      await dialog.getByRole('button', { name: 'Insert' }).click();
      await expect(page.getByRole('textbox', { name: /^Text/ })).toHaveValue(/!\[The foot of the lamp with its label\]\(image:/);
      await expect(page.getByText(/^Saved/).first()).toBeVisible();
      await shop.press('Send for review');
      await shop.expectState('In review');
      await shop.section('Changes');
      await expect(page.getByRole('region', { name: '1 picture goes out with it' }).getByRole('img', { name: 'The foot of the lamp with its label' })).toBeVisible();
      await inspect(desk, 'article-picture');
      await shop.press('Approve: nobody else can');
      await shop.press('Publish now');
      await shop.expectState('Published');
      const live = async (): Promise<number> => (await invoke<{ hits: { title: string }[] }>(page, 'search.query', { text: 'where the label is', limit: 20 })).hits.filter(({ title }) => title === 'Where the label is').length;
      await expect.poll(live, SLOW).toBe(1);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('where the label is');
      await expect(page.getByRole('option', { name: /Where the label is/ }).first()).toBeVisible(SLOW);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('article', { name: 'Where the label is' }).getByRole('img', { name: 'The foot of the lamp with its label' })).toBeVisible(SLOW);
      await shop.picture('desk-article-card');
    });

    await test.step('that article is changed for this desk alone, and another one hidden', async () => {
      await page.keyboard.press('Escape');
      await shop.open();
      await menuOf(shop, 'Article', 'Where the label is', 'Change on this desk only');
      await page.getByRole('textbox', { name: 'The answer in one sentence' }).fill('Here: on the back of the lamp.');
      await expect(page.getByText(/^Saved/).first()).toBeVisible();
      await shop.press('Use on this desk');
      await expect(page.getByText('In use on this desk.')).toBeVisible();
      await menuOf(shop, 'Article', 'Where the label is', undefined);
      await expect(page.getByRole('row', { name: /Where the label is/ }).getByText('Changed on this desk')).toBeVisible();
      const found = async (): Promise<string[]> => (await invoke<{ hits: { key: string }[] }>(page, 'search.query', { text: 'price match', limit: 20 })).hits.map(({ key: one }) => one);
      expect(await found()).toContain('price-match');
      await menuOf(shop, 'Article', 'Price match', 'Hide on this desk only');
      await expect(page.getByText('“Price match” no longer shows on this desk. Others still have it.')).toBeVisible();
      await expect(page.getByRole('row', { name: /Price match/ })).toHaveCount(0);
      expect(await found()).not.toContain('price-match');
      await shop.section('On this desk');
      const rows = page.getByRole('grid', { name: 'Changed on this desk' });
      await expect(rows.getByRole('row', { name: /Price match/ })).toContainText('Hidden here');
      await expect(rows.getByRole('row', { name: /Where the label is/ })).toContainText('In use here');
      await inspect(desk, 'own');
      await rows.getByRole('row', { name: /Price match/ }).getByRole('button', { name: 'Show it again' }).click();
      await expect(rows.getByRole('row', { name: /Price match/ })).toHaveCount(0);
      expect(await found()).toContain('price-match');
    });

    await test.step('the price of the minute is out by itself, and the knowledge base that comes first decides', async () => {
      await expect.poll(price, { timeout: 90_000 }).toBe(1_749);
      const bases = page.getByRole('region', { name: 'Which knowledge base decides' });
      await expect(bases.getByRole('listitem')).toHaveCount(2);
      await bases.getByRole('listitem').last().focus();
      await page.keyboard.press('Alt+ArrowUp');
      await expect(page.getByText('1 record shows otherwise.')).toBeAttached();
      expect(await price()).toBe(1_599);
      await bases.getByRole('listitem').last().getByRole('button', { name: 'Move “Our house” up' }).click();
      await expect.poll(price).toBe(1_749);
      await shop.section('Drafts');
      await page.getByText('Done', { exact: true }).click();
      await expect(page.getByRole('row', { name: /Kestrin|NL-LAP/ }).first()).toContainText('Published');
    });
    expect(desk.errors).toEqual([]);
  } finally {
    await desk.app.close().catch(() => undefined);
    retailer.close();
  }
});

/** Picks from a list as somebody with a mouse does. */
async function choose(field: Locator, option: string): Promise<void> {
  await field.click();
  await field.page().getByRole('option', { name: option, exact: true }).click();
}

/** Finds a record of a kind under "Knowledge", and an entry of its menu. */
async function menuOf(shop: WorkshopPage, kind: string, title: string, entry: string | undefined): Promise<void> {
  const { page } = shop;
  await shop.section('Knowledge');
  const field = page.getByRole('combobox', { name: 'Kind' }).or(page.getByRole('textbox', { name: 'Kind' })).first();
  if ((await field.inputValue()) !== kind) await choose(field, kind);
  await page.getByRole('textbox', { name: 'Find by name or key' }).fill(title);
  const row = page.getByRole('row', { name: new RegExp(title) }).first();
  await row.waitFor(SLOW);
  if (entry === undefined) return;
  await row.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}
