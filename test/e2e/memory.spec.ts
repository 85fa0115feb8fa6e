import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { invoke, violations } from './pages/look-page.ts';

test('an agent looks at what was learned and kept, forgets a call, takes a copy, changes own words, and erases it all', async ({ desk, dataDir }) => {
  const { page } = desk;
  const call = new CallPage(page);
  const file = join(dataDir, 'learned.ndjson');
  await desk.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  const press = async (name: string | RegExp): Promise<void> => {
    const button = page.getByRole('button', { name }).first();
    await button.focus();
    await page.keyboard.press('Enter');
  };
  for (const words of ['the zorblatt hums all night 4929', 'the fizzbin came broken']) {
    await call.press('F9');
    await call.expectState('Talking');
    await call.press('Alt+s');
    await page.keyboard.type(words);
    await call.openScript('return');
    await call.focusNote();
    await page.keyboard.type('Noted.');
    await call.press('F10');
    await call.expectState('Wrap-up');
    await page.getByLabel('Outcome: number, or type to find').focus();
    await page.keyboard.type('1');
    await page.keyboard.press('Control+Enter');
    await call.expectState('No call');
  }
  await call.press('F9');
  await call.expectState('Talking');
  await call.press('F6');
  await page.keyboard.press('a');
  await page.keyboard.press('Shift+1');
  await press('Add my own words');
  await page.keyboard.type('I have your order in front of me.');
  await page.keyboard.press('Enter');

  await call.openScreen('Settings');
  await page.getByRole('tab', { selected: true }).first().focus();
  await page.keyboard.press('ArrowRight');
  const learned = page.getByRole('table', { name: 'What suggestions have learned' });
  await expect(learned).toContainText('zorblatt');
  await expect(learned).not.toContainText('4929');
  await expect(page.getByText(/^2 calls, 1 script, since/)).toBeVisible();
  await press(/^Forget “.*zorblatt/);
  await expect(learned).not.toContainText('zorblatt');
  await expect(page.getByText(/^1 call, 1 script, since/)).toBeVisible();
  await press('Export');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('fizzbin');

  const own = page.getByRole('list', { name: 'Your own words' });
  await press('Change');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Your order is right here.');
  await page.keyboard.press('Enter');
  await expect(own).toContainText('Your order is right here.');
  await expect(page.getByRole('list', { name: 'Your favourites' }).getByRole('listitem')).toHaveCount(1);
  await press('Take the star off');
  await expect(page.getByText('No wording has your star.')).toBeVisible();
  await press('Remove');
  await expect(page.getByText('You have kept no words of your own.')).toBeVisible();
  await press('Undo');
  await expect(own).toContainText('Your order is right here.');
  const kept = await invoke<{ personal: { wordings: { text: string }[] }[] }>(page, 'guidance.preferences', {});
  expect(kept.personal.map((prompt) => prompt.wordings[0]?.text)).toEqual(['Your order is right here.']);

  await press('Erase everything learned');
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing has been learned yet.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(desk.errors).toEqual([]);
});

test('a promise is found from the search by a word of it, and its sign stands among the keys', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await page.getByLabel('Find a script').waitFor();
  await invoke(page, 'follow-ups.create', { kind: 'call-back', text: 'Call back about the zorblatt sofa', dueAt: Date.now() + 7_200_000, dueWords: 'in two hours', name: 'Denise Farrow' });
  const rows = page.getByRole('option');
  await call.press('Control+k');
  await expect(rows.filter({ hasText: 'zorblatt' })).toHaveCount(1);
  await page.keyboard.type('zorblatt');
  await expect(rows.first()).toContainText('zorblatt sofa');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('@farrow');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Call now' })).toBeFocused();
  await call.press('F1');
  await expect(page.getByRole('dialog', { name: 'All keys' })).toContainText('Only Follow-ups');
  expect(desk.errors).toEqual([]);
});
