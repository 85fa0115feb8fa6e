import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { ImportPage } from './pages/import-page.ts';
import { dress, violations } from './pages/look-page.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const FILES = { 'abcd_scripts.json': 55, 'star_scripts.json': 24 } as const;
const ABSENT = `the public call scripts are not beside the project (${Object.keys(FILES).join(', ')} in ../shared/data): their import and walk were not tested`;

/** The tab of the Workshop where scripts are imported. */
async function openImport(page: Page, imports: ImportPage): Promise<void> {
  await imports.open();
  const tab = page.getByRole('tab', { name: 'Import scripts' });
  for (let at = 0; at < 12 && !(await tab.evaluate((element) => element === document.activeElement)); at++) {
    if (at === 0) await page.getByRole('tab', { selected: true }).first().focus();
    else await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await expect(tab).toHaveAttribute('aria-selected', 'true');
}

type Where = { script: string; step: string; answers: number; over: number; finished: boolean; refused: boolean };

/** Where the script pane stands. */
function where(page: Page): Promise<Where> {
  return page.evaluate(() => {
    const step = document.querySelector<HTMLElement>('[data-script-step]');
    const body = step?.closest('[data-body]');
    return {
      script: step?.dataset['script'] ?? '',
      step: step?.dataset['scriptStep'] ?? '',
      answers: document.querySelectorAll('fieldset[aria-label="What the caller says"] button').length,
      over: body === null || body === undefined ? 0 : body.scrollHeight - body.clientHeight,
      finished: step?.querySelector('h3')?.textContent === 'The script is finished',
      refused: step?.querySelector('[role="alert"]') !== null,
    };
  });
}

/** From the first step to the last by the number keys, Alt held down; answers rotate, so that loops are left. */
async function walk(page: Page, id: string, overflowing: string[]): Promise<number> {
  const visits = new Map<string, number>();
  await page.keyboard.down('Alt');
  for (let turn = 0; turn < 200; turn++) {
    const now = await where(page);
    if (now.finished) {
      await page.keyboard.up('Alt');
      return turn;
    }
    const key = `${now.script}/${now.step}`;
    if (now.over > 0) overflowing.push(`${key}: ${now.over} px`);
    const seen = visits.get(key) ?? 0;
    visits.set(key, seen + 1);
    await page.keyboard.press(now.refused ? 'g' : now.answers === 0 ? 'Enter' : String(((seen % now.answers) + 1) % 10));
  }
  throw new Error(`${id} does not end`);
}

test('the 55 retailer scripts and the 24 task scripts are imported, and each is walked from start to end by number keys', async ({ desk }) => {
  const here = Object.keys(FILES).every((file) => existsSync(join(DATA, file)));
  if (!here) process.stdout.write(`    skipped: ${ABSENT}\n`);
  test.skip(!here, ABSENT);
  const { page } = desk;
  const imports = new ImportPage(desk);
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  await dress(page, { textSize: 125 });

  await openImport(page, imports);
  for (const [name, count] of Object.entries(FILES)) {
    await imports.dialogsAnswer({ file: join(DATA, name) });
    await imports.press(/Choose a file of scripts|Import another file/);
    await imports.press(`Import ${count} scripts`);
    await imports.expectCount('New', String(count));
    await imports.expectCount('Refused', '0');
  }

  const call = new CallPage(page);
  await call.press('F9');
  await call.expectState('Talking');
  const titles = Object.keys(FILES).flatMap((name) => scriptsOf(join(DATA, name)));
  expect(titles).toHaveLength(79);
  const overflowing: string[] = [];
  let steps = 0;
  const startedAt = Date.now();
  for (const { id, title } of titles) {
    await open(page, id, title);
    steps += await walk(page, id, overflowing);
  }
  expect([...new Set(overflowing)]).toEqual([]);
  expect(desk.errors).toEqual([]);
  expect(steps).toBeGreaterThan(79 * 3);
  test.info().annotations.push({ type: 'walked', description: `${titles.length} scripts, ${steps} steps in ${Date.now() - startedAt} ms` });
  process.stdout.write(`    ${titles.length} scripts, ${steps} steps, ${Math.round((Date.now() - startedAt) / 100) / 10} s\n`);
});

/** Finds the script as an agent does: F4, its title, and the row that is it. Titles may be shared: then the next row is tried. */
async function open(page: Page, id: string, title: string): Promise<void> {
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.keyboard.press('F4');
    await page.keyboard.insertText(title);
    const names = await page.locator('[data-script-picker] fieldset button').allTextContents();
    const rows = names.flatMap((text, at) => (text.replace(/^\d*/, '').startsWith(title) ? [at] : []));
    const row = rows[attempt];
    if (row === undefined) throw new Error(`${id} (${title}) was not found among: ${names.slice(0, 5).join(' | ')}`);
    for (let down = 0; down <= row; down++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    if ((await where(page)).script === id) return;
  }
  throw new Error(`${id} (${title}) does not open`);
}

function scriptsOf(file: string): { id: string; title: string }[] {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { title: string; subflows?: Record<string, { title: string }> }>;
  return Object.entries(content).flatMap(([id, { title, subflows }]) =>
    subflows === undefined ? [{ id, title: `${title[0]?.toUpperCase() ?? ''}${title.slice(1)}` }] : Object.entries(subflows).map(([sub, flow]) => ({ id: sub, title: flow.title.trim() })),
  );
}

test('a supervisor sees what is wrong with each script of a file, takes the good ones, and reads where the others fail', async ({ desk, dataDir }) => {
  const { page } = desk;
  const imports = new ImportPage(desk);
  const file = join(dataDir, 'scripts.ndjson');
  const report = join(dataDir, 'refused.csv');
  const script = (id: string, title: string, steps: unknown[]): string => JSON.stringify({ id, kind: 'call', title, description: 'For callers who rent kayaks.', entry: 'a', steps });
  writeFileSync(file, [
    script('kayak-rental', 'Kayak rental', [{ id: 'a', cue: 'Ask for the lake and the day', answers: [{ id: 'y', label: 'Lake Elm', to: 'b' }] }, { id: 'b', cue: 'Say the price' }]),
    script('kayak-lost', 'Kayak lost', [{ id: 'a', cue: 'Ask where it was last seen and by whom and when and why', next: 'b' }, { id: 'b', cue: 'Close' }, { id: 'c', cue: 'Nobody comes here' }]),
    script('kayak-broken', 'Kayak broken', [{ id: 'a', cue: 'Ask what broke', next: 'nowhere' }]),
    JSON.stringify({ id: 'kayak-empty', kind: 'call', title: 'Kayak empty', description: '', entry: 'a', steps: [{ id: 'a' }] }),
  ].join('\n'));
  await imports.dialogsAnswer({ file, target: report });
  await openImport(page, imports);
  await imports.press('Choose a file of scripts');

  const list = page.getByRole('table', { name: 'Scripts in the file' });
  await expect(list.getByRole('rowheader')).toHaveCount(2);
  await expect(list).toContainText('Nothing leads to “c”.');
  await expect(list).toContainText('about five can be read at a glance');
  const refused = page.getByRole('table', { name: 'Scripts that cannot be taken' });
  await expect(refused).toContainText('kayak-broken › a');
  await expect(refused).toContainText('“a” leads to “nowhere”, which does not exist.');
  await expect(refused).toContainText('kayak-empty › steps › 1 › cue');
  expect(await violations(page)).toEqual([]);
  const tick = list.getByRole('checkbox', { name: 'Import Kayak lost' });
  await tick.focus();
  await page.keyboard.press('Space');
  await imports.press('Import 1 script');
  await imports.expectCount('New', '1');
  await imports.expectCount('Refused', '2');
  await imports.press('Save the report');
  await expect(page.getByText('The report is saved.')).toBeVisible();
  expect(readFileSync(report, 'utf8')).toContain('kayak-broken › a');

  // The same file again: nothing is new but what was left out.
  await imports.press('Import another file');
  await expect(list).toContainText('unchanged');
  await imports.press('Take new ones only');
  await expect(page.getByRole('button', { name: 'Import 1 script' })).toBeVisible();

  // A file that holds no scripts says so.
  writeFileSync(file, JSON.stringify({ products: [] }));
  await imports.press('Choose another file');
  await expect(page.getByText('No call scripts were found in this file.')).toBeVisible();

  const call = new CallPage(page);
  await call.press('F9');
  await call.expectState('Talking');
  await call.openScript('kayak');
  await expect(page.locator('[data-script]')).toHaveAttribute('data-script', 'kayak-rental');
  expect(desk.errors).toEqual([]);
});
