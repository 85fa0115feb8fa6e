import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('a supervisor makes a signing key, begins a knowledge base in a folder, saves the recovery sheet, and locks the key', async ({ desk, dataDir }) => {
  const { app, page } = desk;
  const folder = join(dataDir, 'channel');
  const sheet = join(dataDir, 'sheet.pdf');
  mkdirSync(folder);
  await app.evaluate(({ dialog }, to) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [to.folder] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to.sheet });
  }, { folder, sheet });
  await page.getByRole('button', { name: 'Workshop' }).click();
  await page.getByRole('tab', { name: 'Keys and trust' }).click();
  await page.getByRole('button', { name: 'Create a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your name, as others will see it').fill('Olga Berg');
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple');
  await dialog.getByLabel('Passphrase again').fill('correct horse battery staple');
  await dialog.getByRole('button', { name: 'Create a key' }).click();
  await expect(page.getByRole('article', { name: 'Olga Berg' })).toContainText('Unlocked until Callside is closed');

  await page.getByLabel('Its name, as agents will see it').fill('Shop');
  await page.getByRole('button', { name: 'Choose the folder and begin' }).click();
  await expect(page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/)).toBeVisible();
  expect(existsSync(join(folder, 'metadata', 'timestamp.json'))).toBe(true);
  await page.screenshot({ path: 'screenshots/keys-and-trust.png' });

  await page.getByRole('button', { name: 'More for the key of Olga Berg' }).click();
  await page.getByRole('menuitem', { name: 'Save the sheet as PDF' }).click();
  await dialog.getByLabel('Passphrase').fill('correct horse battery staple');
  await dialog.getByRole('button', { name: 'Save the sheet as PDF' }).click();
  await expect.poll(() => existsSync(sheet)).toBe(true);
  await page.getByRole('button', { name: 'Lock' }).click();
  await expect(page.getByRole('article', { name: 'Olga Berg' })).toContainText('Locked');
});
