import type { Page } from '@playwright/test';
import { expect, test, type Desk } from './fixtures.ts';
import { clippedText, dress, invoke, violations, type Look } from './pages/look-page.ts';
import { pictureOf } from './pictures.ts';

const PLAIN: Look = { theme: 'light', textSize: 100, language: 'en', reducedMotion: 'system' };
const LOOKS: readonly (Look & { name: string })[] = [
  { name: 'light', ...PLAIN },
  { name: 'dark, in German', ...PLAIN, theme: 'dark', language: 'de' },
  { name: 'contrast, twice the text', ...PLAIN, theme: 'contrast', textSize: 200 },
];

/** The editor in front in every look: no violation, no words cut off. */
async function inspect({ page }: Desk, where: string, cut = true): Promise<void> {
  const problems: string[] = [];
  for (const { name, ...look } of LOOKS) {
    await dress(page, look);
    for (const one of await violations(page)) problems.push(`${name}: ${one}`);
    // A picture that is panned has steps at its edges, and tables may be scrolled.
    if (cut) for (const one of await clippedText(page)) problems.push(`${name}: ${one}`);
    await pictureOf(page, `editors-${where}-${name.replaceAll(/[ ,]+/g, '-')}`);
  }
  await dress(page, PLAIN);
  expect.soft(problems, where).toEqual([]);
}

/** Presses Tab until what has the focus is called so. */
async function reach(page: Page, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    await page.keyboard.press('Tab');
    const called = await page.evaluate(() => {
      const here = document.activeElement;
      if (!(here instanceof HTMLElement)) return '';
      const label = here instanceof HTMLInputElement ? here.labels?.[0]?.textContent : here.textContent;
      return (here.getAttribute('aria-label') ?? label ?? '').trim();
    });
    if (name.test(called)) return;
  }
  throw new Error(`Tab leads to nothing called ${String(name)}`);
}

test('a supervisor writes a script by keyboard alone, plans a price, and changes many products at once', async ({ desk }) => {
  const { page } = desk;
  await invoke(page, 'keys.create', { name: 'Anna, supervisor', roles: ['author', 'approver'], passphrase: 'four quiet words here' });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: /^Workshop/ }).click();
  const section = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();

  await test.step('every product, and a price for those chosen', async () => {
    await section('Products');
    const grid = page.getByRole('grid', { name: 'Products' });
    await expect(grid.getByRole('rowheader').first()).toBeVisible();
    await inspect(desk, 'products', false);
    await grid.getByRole('rowheader').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Change chosen' }).click();
    await page.getByRole('textbox', { name: /Per cent/ }).fill('5');
    await page.getByLabel('From the day').fill('2099-01-01');
    await expect(page.getByText(/becomes/)).toBeVisible();
    await page.getByRole('button', { name: 'Write 2 drafts' }).click();
    await expect(page.getByText('2 drafts written.')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(grid.getByText('Draft', { exact: true }).first()).toBeVisible();
  });

  await test.step('a script with a branch, without touching the mouse once it is open', async () => {
    const { draft } = await invoke<{ draft: { id: string } }>(page, 'authoring.open', { from: 'live', kind: 'script', key: 'late-delivery' });
    await section('Drafts');
    await page.getByRole('grid').getByRole('row').filter({ hasText: 'Late delivery' }).first().click();
    await expect(page.getByTestId('script-graph')).toBeVisible();
    await expect(page.locator('.react-flow__node').first()).toBeVisible();
    await inspect(desk, 'graph', false);
    await page.getByRole('button', { name: 'Outline' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('treeitem').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('n');
    await expect(page.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/step-\d+/);
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: /^Answer 1/ })).toBeFocused();
    await page.keyboard.type('Yes, please');
    await expect(page.getByText(/^Saved/).first()).toBeVisible();
    await inspect(desk, 'outline');
    const { draft: kept } = await invoke<{ draft: { record: { steps: { answers?: { label: string }[] }[] } } }>(page, 'authoring.get', { id: draft.id });
    expect(kept.record.steps.at(-1)?.answers?.map(({ label }) => label)).toEqual(['Yes, please']);
    await page.keyboard.press('Control+z');
    await expect(page.locator('input[value="Yes, please"]')).toHaveCount(0);
    await page.keyboard.press('Control+Shift+z');

    // A condition, what is written down, and another script: from the outline with Tab, arrows and Enter.
    await reach(page, /^Add condition$/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: 'Condition 1' }).first()).toBeVisible();
    await reach(page, /^Ask for/);
    await page.keyboard.type('a new');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await reach(page, /^Sub-script, article/);
    await page.keyboard.press('Enter');
    await reach(page, /^Sub-script$/);
    await page.keyboard.type('closing');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(async () => {
      const { draft: now } = await invoke<{ draft: { record: { steps: { branches?: unknown[]; capture?: unknown[]; subScript?: string }[] } } }>(page, 'authoring.get', { id: draft.id });
      const { branches, capture, subScript } = now.record.steps.at(-1) ?? {};
      return [branches?.length, capture?.length, typeof subScript];
    }).toEqual([1, 1, 'string']);
  });
  expect(desk.errors).toEqual([]);
});
