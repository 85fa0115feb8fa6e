import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Desk } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { clippedText, dress, invoke, running, tabThrough, violations, type Look } from './pages/look-page.ts';
import { pictureOf } from './pictures.ts';

const PLAIN: Look = { theme: 'light', textSize: 100, language: 'en', reducedMotion: 'system' };
/**
 * Each theme, both directions and both ends of the text size in three looks: a full check takes seconds, and colour,
 * direction and size do not act on one another. No translation is needed to see whether everything mirrors:
 * words fall back to English.
 */
const LOOKS: readonly (Look & { name: string })[] = [
  { name: 'light', ...PLAIN },
  { name: 'dark, right to left', ...PLAIN, theme: 'dark', language: 'ar' },
  { name: 'contrast, twice the text', ...PLAIN, theme: 'contrast', textSize: 200 },
];

/** The screen in front in every look: no violation, nothing cut, nothing moving, focus always seen. */
async function inspect({ page }: Desk, where: string, cut = true): Promise<void> {
  const problems: string[] = [];
  for (const { name, ...look } of LOOKS) {
    await dress(page, look);
    for (const one of await violations(page)) problems.push(`${name}: ${one}`);
    if (cut) for (const one of await clippedText(page)) problems.push(`${name}: ${one}`);
    await pictureOf(page, `access-${where}-${name}`.replaceAll(/[^a-z0-9-]+/gi, '-'));
  }
  await dress(page, { ...PLAIN, reducedMotion: 'on' });
  for (const one of await running(page)) problems.push(`still: ${one}`);
  await dress(page, PLAIN);
  expect.soft(problems, where).toEqual([]);
}

/** Tables of many columns, which at twice the text are scrolled sideways, their names staying in sight. */
const WIDE: ReadonlySet<string> = new Set(['Products', 'Desks']);

/** Every tab of the `depth`th row of tabs in front, in every look. */
async function everyTab(desk: Desk, where: string, depth = 0): Promise<void> {
  const tabs = desk.page.getByRole('tablist').nth(depth).getByRole('tab');
  for (let at = 0; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click();
    await expect(desk.page.getByText('Loading…')).toHaveCount(0);
    const tab = (await tabs.nth(at).textContent()) ?? '';
    await inspect(desk, `${where}: ${tab}`, !WIDE.has(tab));
  }
}

/** Tab leads through the screen, each stop with its ring in sight, at both text sizes. */
async function tabs({ page }: Desk, where: string): Promise<void> {
  const { stops, problems } = await tabThrough(page);
  expect.soft(stops, `${where}: stops of Tab`).toBeGreaterThan(2);
  expect.soft(problems, `${where}: focus`).toEqual([]);
}

/** Receipts of a thousand other desks, over three releases, in the folder of a channel. */
function writeReceipts(folder: string): void {
  mkdirSync(join(folder, 'receipts'));
  for (let at = 0; at < 1_000; at += 1) {
    const id = `desk-${String(at).padStart(12, 'k')}`;
    writeFileSync(join(folder, 'receipts', `${id}.json`), JSON.stringify({ v: 1, desk: id, at: Date.now() - at * 400_000, app: '0.1.0', releases: [{ source: 'shop', release: 1 + (at % 3), installedAt: 1 }], acknowledged: [], flags: [] }));
  }
}

/** One desk and one call through every screen; every finding of every screen is reported, not just the first. */
test('every screen, in every look, by keyboard and by eye', async ({ desk }) => {
  test.setTimeout(600_000);
  const { page } = desk;
  const call = new CallPage(page);

  await test.step('between calls', async () => {
    await page.getByLabel('Find a script').waitFor();
    await inspect(desk, 'idle desk, new');
    await tabs(desk, 'idle desk');
  });

  await test.step('in a call: script, words to say, product card, palette, keys', async () => {
    await page.getByLabel('Number', { exact: true }).fill('07700 900123');
    await page.getByLabel('Name of the caller').fill('Ada Okafor');
    await call.press('Enter');
    await call.expectState('Talking');
    await inspect(desk, 'picking a script');
    await call.openScript('late');
    await call.focusNote();
    await page.keyboard.type('Washing machine should have come on Tuesday. Second call about it.');
    await call.expectSaved();
    await call.press('F6');
    await page.keyboard.press('a');
    await expect(call.words.getByRole('heading', { name: 'Angry' })).toBeVisible();
    await inspect(desk, 'live call');
    await tabs(desk, 'live call');

    await call.search('washng mach');
    await inspect(desk, 'palette');
    await page.keyboard.press('Enter');
    await expect(call.card).toContainText('£');
    await inspect(desk, 'product card');
    await tabs(desk, 'product card');
    await call.press('Alt+v');
    await call.search('fridge freezer');
    await page.keyboard.press('Enter');
    await call.press('Alt+v');
    await expect(page.getByRole('table')).toBeVisible();
    await inspect(desk, 'compared products');
    await call.press('Escape');

    await call.press('F1');
    await page.getByRole('dialog').waitFor();
    await inspect(desk, 'keys');
    await call.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await call.press('F8');
    await call.expectState('On hold');
    await inspect(desk, 'on hold');
    await call.press('F8');
  });

  await test.step('wrap-up', async () => {
    await call.press('F10');
    await call.expectState('Wrap-up');
    await page.getByLabel('What is to be done').fill('Call with the exact hour of the delivery');
    // Its card comes in a moment and stays: it must never lie over what has the focus.
    await page.getByLabel('When', { exact: true }).fill('in 5 min');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Call back: Call with the exact hour/)).toBeVisible();
    await page.getByRole('switch', { name: 'This was a complaint' }).press('Space');
    await inspect(desk, 'wrap-up');
    await tabs(desk, 'wrap-up');
    await page.getByRole('switch', { name: 'This was a complaint' }).press('Space');
    await page.getByLabel('Outcome: number, or type to find').focus();
    await page.keyboard.press('1');
    await call.press('Control+Enter');
    await call.expectState('No call');
    // A message stays while focus is on it: walking through it on every screen would keep it for ever.
    await expect(page.getByText('Call finished.')).toBeHidden({ timeout: 30_000 });
  });

  await test.step('every screen of the rail', async () => {
    const rail = page.getByRole('navigation', { name: 'Screens' }).getByRole('button');
    const count = await rail.count();
    expect(count).toBeGreaterThan(5);
    for (let index = 0; index < count; index += 1) {
      const entry = rail.nth(index);
      const name = ((await entry.getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
      await entry.focus();
      await page.keyboard.press('Enter');
      await expect(entry).toHaveAttribute('aria-current', 'page');
      await expect(page.getByText('Loading…')).toHaveCount(0);
      if (name === 'History') {
        await page.getByRole('row').filter({ hasText: 'Ada Okafor' }).focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('heading', { name: 'Ada Okafor' })).toBeVisible();
      }
      await inspect(desk, name);
      await tabs(desk, name);
      if (name === 'What’s new') await everyTab(desk, name);
    }
  });

  await test.step('a server is set up', async () => {
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /^Settings/ }).click();
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByRole('button', { name: 'Add a server' }).click();
    await page.getByRole('textbox', { name: 'Address of the server' }).fill('no-such-machine.invalid:4222');
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.getByText('This desk cannot use the server yet.')).toBeVisible({ timeout: 20_000 });
    await inspect(desk, 'a server that is not there');
    await call.press('Escape');
  });

  await test.step('the system’s wish for stillness is honoured', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await call.press('F9');
    await call.expectState('Talking');
    await call.search('phone');
    expect(await running(page)).toEqual([]);
  });
  expect(desk.errors).toEqual([]);
});

test('every page of a supervisor’s workshop, in every look, by keyboard and by eye', async ({ desk }) => {
  test.setTimeout(600_000);
  const { page } = desk;
  const key = await invoke<{ id: string }>(page, 'keys.create', { name: 'Anna, supervisor', roles: ['author', 'approver', 'owner'], passphrase: 'four quiet words here' });
  const channel = mkdtempSync(join(desk.dataDir, 'channel-'));
  writeReceipts(channel);
  await desk.app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, channel);
  await invoke(page, 'trust.create', { kb: 'shop', title: 'Shop', key: key.id });
  await invoke(page, 'authoring.open', { from: 'here', kind: 'article', key: 'account-unlock' });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /^Workshop/ }).click();
  await everyTab(desk, 'Workshop');
  await page.getByRole('tab', { name: 'To look at', exact: true }).click();
  await everyTab(desk, 'To look at', 1);
  const { draft } = await invoke<{ draft: { id: string } }>(page, 'authoring.open', { from: 'live', kind: 'product', key: 'NL-LAP-1004' });
  expect(draft.id).not.toBe('');
  await page.getByRole('tab', { name: 'Drafts', exact: true }).click();
  await page.getByRole('grid', { name: 'Drafts' }).getByRole('rowheader').first().click();
  await everyTab(desk, 'a draft');
  expect(desk.errors).toEqual([]);
});
