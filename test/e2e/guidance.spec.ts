import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ageRecords } from './age-records.ts';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { dress, invoke } from './pages/look-page.ts';


/** Words that sell. None of them has a place in a call about a death. */
const SALES = /\b(special offer|(have|make|our|an) offer|upgrade|discount|bargain|(good|great|better|new) deal|promotion|special price|save money|buy|switch to us|stay with us|loyal(ty)?)\b/i;

const step = (page: Page) => page.locator('[data-script-step]');
const stepId = (page: Page): Promise<string | null> => step(page).getAttribute('data-script-step');

/** In a call, with the note ready for words. */
async function talking(call: CallPage): Promise<void> {
  await call.expectState('Talking');
  await expect(call.note).toBeFocused();
  await expect(call.words).toBeVisible();
}

/** Fills every empty field on screen by keyboard, in the way its type asks for. */
async function fillFields(page: Page, values: Readonly<Record<string, string>> = {}): Promise<void> {
  const inputs = page.locator('[data-script-fields] input:not([type="radio"]):not([type="hidden"])');
  for (let index = 0; index < (await inputs.count()); index++) {
    const input = inputs.nth(index);
    if ((await input.inputValue()) !== '') continue;
    const type = await input.getAttribute('type');
    const label = (await input.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '')).replace(/\s*\*$/, '');
    await input.focus();
    if (/^\d\d\/\d\d\/\d{4}$/.test((await input.getAttribute('placeholder')) ?? '')) await page.keyboard.type(values[label] ?? '14/05/2027');
    else if ((await input.getAttribute('aria-haspopup')) === 'listbox') await page.keyboard.press('Enter').then(() => page.keyboard.press('ArrowDown')).then(() => page.keyboard.press('Enter'));
    else await page.keyboard.type(values[label] ?? (type === 'email' ? 'a@example.org' : type === 'tel' ? '+441632960123' : '12'));
  }
}

test('an angry late-delivery call by CARP', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await call.press('F9');
  await talking(call);
  await call.openScript('angry caller');
  const map = page.locator('[data-framework="CARP"]');
  await expect(map).toBeVisible();
  await expect(map.locator('[aria-current="step"]')).toHaveText('Control');

  // Situation by two keys, from inside the notes; digits then reach the offers.
  await call.focusNote();
  await page.keyboard.type('Sofa late for the 2nd time, ');
  await call.press('F6');
  await page.keyboard.press('a');
  const first = await page.locator('[data-offer]').first().textContent();
  await page.keyboard.press('1');
  await expect(call.words.getByRole('region', { name: 'Used in this call' })).toContainText((first ?? '').replace(/^1/, '').slice(0, 20));
  await call.press('Alt+n');
  await expect(call.note).toBeFocused();

  await call.press('Alt+1');
  await expect.poll(() => stepId(page)).toBe('acknowledge');
  // The words said above may have been an acknowledgement already: then the map is a stage ahead.
  await expect(map.getByRole('listitem').filter({ hasText: 'Acknowledge' })).toHaveAttribute('data-state', /^(current|done)$/);
  await call.press('Alt+i');
  await page.keyboard.type('Sofa not delivered, second time');
  await page.keyboard.press('Enter');
  await expect.poll(() => stepId(page)).toBe('did-it-land');
  await expect(step(page)).toContainText('Sofa not delivered, second time');
  await call.press('Alt+y');
  await expect(map.locator('[data-state="done"]')).not.toHaveCount(0);
  await call.press('Alt+1');
  await expect.poll(() => stepId(page)).toBe('refocus');
  await expect(map.locator('[aria-current="step"]')).toHaveText('Refocus');

  // The facts are known: on to the late-delivery script, and what was captured comes along.
  await call.openScript('late delivery');
  await expect(page.locator('[data-captured]')).toContainText('Sofa not delivered, second time');
  await expect.poll(() => page.locator('[data-script]').getAttribute('data-script')).not.toBe('angry-caller-carp');
  expect(desk.errors).toEqual([]);
});

test('a bereavement call without a single sales line', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await call.press('F9');
  await talking(call);
  await call.press('Alt+s');
  await expect(page.getByLabel('What did the caller say?')).toBeFocused();
  await page.keyboard.type('my husband has died last week');
  await expect(page.locator('[data-heard] [data-kind="script"]').first()).toContainText('Bereavement', { timeout: 20_000 });
  await page.keyboard.press('Enter');
  await expect.poll(() => stepId(page)).toBe('acknowledge');

  const seen: string[] = [];
  for (let turn = 0; turn < 60; turn++) {
    if (await page.getByRole('heading', { name: 'The script is finished' }).isVisible()) break;
    seen.push((await step(page).textContent()) ?? '');
    const before = await stepId(page);
    await fillFields(page);
    const answers = page.getByRole('group', { name: 'What the caller says' });
    await call.press((await answers.isVisible()) ? 'Alt+1' : 'Alt+Enter');
    if ((await step(page).getByRole('alert').isVisible()) && (await stepId(page)) === before) await call.press('Alt+g');
    await expect.poll(async () => (await page.getByRole('heading', { name: 'The script is finished' }).isVisible()) || (await stepId(page)) !== before).toBe(true);
  }
  await expect(page.getByRole('heading', { name: 'The script is finished' })).toBeVisible();
  expect(seen.length).toBeGreaterThan(8);

  // Every wording the desk has for a grieving caller, until there are no more; none comes twice.
  await call.press('F6');
  await page.keyboard.press('g');
  await expect(page.getByRole('group', { name: 'A death' })).toContainText('Name the death first');
  const offered: string[] = [];
  for (let round = 0; round < 40; round++) {
    const words = await page.locator('[data-offer]').allTextContents();
    if (words.length === 0) break;
    offered.push(...words.map((text) => text.replace(/^\d/, '')));
    await call.press('Alt+w');
    await expect.poll(async () => (await page.locator('[data-offer]').allTextContents()).join('|')).not.toBe(words.join('|'));
  }
  expect(offered.length).toBeGreaterThan(5);
  expect(new Set(offered).size).toBe(offered.length);
  for (const text of [...seen, ...offered]) expect(text).not.toMatch(SALES);
});

test('an abusive call is warned, ended and recorded', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await page.evaluate(() => {
    const seen: unknown[] = [];
    Object.assign(globalThis, { seen });
    (globalThis as unknown as { callside: { subscribe(listener: (name: string, payload: unknown) => void): void } }).callside.subscribe((name, payload) => name === 'recovery.offered' && seen.push(payload));
  });
  await call.press('F9');
  await talking(call);
  await call.press('F6');
  await page.keyboard.press('x');
  const card = page.getByRole('group', { name: 'Where the limit is' });
  await expect(card).toContainText('0 of 1 warnings');
  await page.keyboard.press('3');
  await expect(card).toContainText('Last warning');
  await page.keyboard.press('Enter');
  await expect(card).toContainText('1 of 1 warnings');
  await page.keyboard.press('Enter');
  await expect(card).toContainText('You may end the call');
  await page.keyboard.press('Enter');
  await call.expectState('Wrap-up');
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { seen: { size: string }[] }).seen.map((offer) => offer.size))).toEqual(['abusive']);
  const [open] = await invoke<{ guidance: { abuse: { type: string; category: string }[] } }[]>(page, 'calls.open', {});
  expect(open?.guidance.abuse.map((event) => event.type)).toEqual(['incident', 'warned', 'incident', 'ended']);
  expect(desk.errors).toEqual([]);
});

test('a script is switched in the middle of a call and keeps what was captured', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await call.press('F9');
  await talking(call);
  await call.openScript('order status');
  await call.press('Alt+Enter');
  await expect.poll(() => stepId(page)).toBe('gi-name');
  await call.press('Alt+Enter');
  // Required and empty: said so, with a way on.
  await expect(step(page).getByRole('alert')).toContainText('Still needed here');
  await call.press('Alt+i');
  await page.keyboard.type('Ada Kowalski');
  await page.keyboard.press('Enter');
  await expect.poll(() => stepId(page)).toBe('gi-whose');
  await expect(page.locator('[data-captured]')).toContainText('Ada Kowalski');

  await call.press('Alt+f');
  await page.keyboard.type('caller is at work until four');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-captured]')).toContainText('caller is at work until four');

  await call.press('Alt+1');
  await expect.poll(() => stepId(page)).toBe('gi-check');
  await call.press('Alt+o');
  await expect(page.getByRole('list', { name: 'All steps' })).toBeVisible();
  await call.press('Alt+d');
  await expect(step(page).getByRole('alert')).toContainText('Say which answer');
  await call.press('Alt+1');
  await call.press('Alt+m');
  await expect(page.getByRole('list', { name: 'Must say' })).toContainText('owed');

  await call.openScript('return');
  await expect(page.locator('[data-captured]')).toContainText('Ada Kowalski');
  await call.press('Alt+z');
  await expect.poll(() => page.locator('[data-script]').getAttribute('data-script')).not.toBe('return-and-refund');
  await call.press('Alt+Shift+z');
  await expect(page.locator('[data-captured]')).toContainText('Ada Kowalski');

  // A captured fact is put right in place.
  await call.press('Alt+e');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Ada Kowalska');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-captured]')).toContainText('Ada Kowalska');
  expect(desk.errors).toEqual([]);
});

test('a script is paused to a call-back and goes on in the call that was promised', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'callside-pause-'));
  let desk: Desk = await startDesk(dataDir);
  try {
    const call = new CallPage(desk.page);
    await desk.page.getByLabel('Number').focus();
    await desk.page.keyboard.type('01632 960123');
    await desk.page.keyboard.press('Enter');
    await talking(call);
    await call.openScript('late delivery');
    await expect(step(desk.page)).toBeVisible();
    await call.press('Alt+Enter');
    await expect.poll(() => stepId(desk.page)).toBe('gi-name');
    await call.press('Alt+i');
    await desk.page.keyboard.type('Denise Farrow');
    await desk.page.keyboard.press('Enter');
    await expect.poll(() => stepId(desk.page)).toBe('gi-whose');

    await call.press('Alt+p');
    await desk.page.getByRole('dialog').waitFor();
    await desk.page.keyboard.type('in 2 days');
    await expect(desk.page.getByRole('dialog')).toContainText('That is');
    await desk.page.keyboard.press('Enter');
    await expect(desk.page.getByRole('dialog')).toBeHidden();
    await expect(desk.page.getByText('The script is paused.')).toBeVisible();
    await call.focusNote();
    await desk.page.keyboard.type('Called back in two days.');
    await call.press('F10');
    await call.expectState('Wrap-up');
    await desk.page.getByLabel('Outcome: number, or type to find').focus();
    await desk.page.keyboard.type('1');
    await desk.page.keyboard.press('Control+Enter');
    await call.expectState('No call');

    // Two days later, the desk off in between: the promise is due, comes by itself in the gap, and one key starts the linked call.
    await desk.app.close();
    // "In 2 days" means the morning of that day.
    ageRecords(dataDir, (2 * 24 + 10) * 3_600_000);
    desk = await startDesk(dataDir);
    const later = new CallPage(desk.page);
    await expect(desk.page.getByText(/scripts,/)).toBeVisible();
    await desk.page.getByRole('button', { name: /Call now/ }).first().waitFor();
    await desk.page.keyboard.press('Alt+a');
    await talking(later);
    await expect.poll(() => stepId(desk.page)).toBe('gi-whose');
    await expect(desk.page.locator('[data-captured]')).toContainText('Denise Farrow');
    await later.press('Alt+1');
    await expect.poll(() => stepId(desk.page)).toBe('gi-check');
  } finally {
    await desk.app.close().catch(() => undefined);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a script goes to a colleague as a file, without what was not asked for', async ({ desk, dataDir }) => {
  const { page } = desk;
  const call = new CallPage(page);
  const file = join(dataDir, 'hand-over.json');
  await desk.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await call.press('F9');
  await talking(call);
  await call.openScript('vulnerable customer');
  await call.press('Alt+1');
  await call.press('Alt+Enter');
  await call.press('Alt+1');
  await expect.poll(() => stepId(page)).toBe('note');
  await call.press('Alt+i');
  await page.keyboard.type('cannot read small print');
  await page.keyboard.press('Enter');
  await expect.poll(() => stepId(page)).toBe('needs');
  await call.press('Alt+h');
  await page.getByRole('dialog').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Save the file' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => existsSync(file)).toBe(true);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('vulnerable-customer-texas');
  expect(text).not.toContain('small print');

  await call.focusNote();
  await page.keyboard.type('Handed over.');
  await call.press('F10');
  await page.getByLabel('Outcome: number, or type to find').focus();
  await page.keyboard.type('1');
  await page.keyboard.press('Control+Enter');
  await call.expectState('No call');
  await call.press('F9');
  await talking(call);
  await page.getByRole('button', { name: 'Take over from a file' }).waitFor();
  const chooser = page.waitForEvent('filechooser');
  await call.press('Alt+h');
  await (await chooser).setFiles(file);
  await expect.poll(() => stepId(page)).toBe('needs');
});

test('consent comes first, and a sensitive note is kept apart', async ({ desk }) => {
  const { page } = desk;
  const call = new CallPage(page);
  await call.press('F9');
  await talking(call);
  await call.press('F6');
  await page.keyboard.press('v');
  const card = page.getByRole('group', { name: 'Needs more care' });
  const tick = card.getByRole('checkbox');
  await expect(card.getByRole('textbox')).toHaveCount(0);
  await expect(tick).toBeEnabled();
  await tick.focus();
  await page.keyboard.press('Space');
  await expect(card).toContainText('Agreed on');
  await card.getByRole('textbox').focus();
  await page.keyboard.type('hands shake, please read letters out');
  const kept = async (): Promise<string> => {
    const [live] = await invoke<{ id: string }[]>(page, 'calls.open', {});
    return (await invoke<{ note: string }>(page, 'guidance.care', { callId: live?.id })).note;
  };
  await expect.poll(kept).toBe('hands shake, please read letters out');
  const [open] = await invoke<{ id: string; note: { text: string }; guidance: unknown }[]>(page, 'calls.open', {});
  expect(JSON.stringify(open)).not.toContain('hands shake');
  const care = await invoke<{ note: string; consent: { given: boolean } }>(page, 'guidance.care', { callId: open?.id });
  expect(care).toMatchObject({ note: 'hands shake, please read letters out', consent: { given: true } });

  // Taken back: nothing of it stays.
  await tick.focus();
  await page.keyboard.press('Space');
  await expect(card.getByRole('textbox')).toHaveCount(0);
  await expect.poll(async () => (await invoke<{ note: string }>(page, 'guidance.care', { callId: open?.id })).note).toBe('');
});

test('every step of every starter script fits its pane at 1366 × 768 with text at 125 %, and every script can be walked to its end', async ({ desk }) => {
  test.setTimeout(900_000);
  const { page } = desk;
  const call = new CallPage(page);
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  await dress(page, { textSize: 125 });
  const lines = await invoke<{ record: { id: string; kind: string; title: string | { en: string } } }[]>(page, 'knowledge.list', { kinds: ['script'] });
  const scripts = lines.map((line) => line.record).filter((script) => script.kind === 'call');
  expect(scripts.length).toBeGreaterThan(25);
  await call.press('F9');
  await talking(call);

  const overflowing: string[] = [];
  for (const script of scripts) {
    await call.openScript(typeof script.title === 'string' ? script.title : script.title.en);
    await expect.poll(() => page.locator('[data-script]').getAttribute('data-script')).not.toBeNull();
    await walk(page, call, script.id, overflowing);
    // Steps beside the way that was walked are looked at as well.
    await call.press('Alt+o');
    overflowing.push(
      ...(await page.evaluate(async () => {
        const faults: string[] = [];
        const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[aria-label="All steps"] button')];
        for (let index = 0; index < rows().length; index++) {
          rows()[index]?.click();
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const step = document.querySelector<HTMLElement>('[data-script-step]');
          const body = step?.closest('[data-body]');
          if (body !== null && body !== undefined && body.scrollHeight > body.clientHeight) faults.push(`${step?.dataset['script']}/${step?.dataset['scriptStep']}: ${body.scrollHeight - body.clientHeight} px`);
        }
        return faults;
      })),
    );
  }
  expect([...new Set(overflowing)]).toEqual([]);
});

/** Walks the open script to its end by keyboard; answers rotate, so that loops are left. */
async function walk(page: Page, call: CallPage, id: string, overflowing: string[]): Promise<void> {
  const seen = new Map<string, number>();
  const done = page.getByRole('heading', { name: 'The script is finished' });
  for (let turn = 0; turn < 120; turn++) {
    if (await done.isVisible()) return;
    const now = await page.evaluate(() => {
      const step = document.querySelector<HTMLElement>('[data-script-step]');
      const body = step?.closest('[data-body]');
      const answers = document.querySelectorAll('fieldset[aria-label="What the caller says"] button').length;
      const over = body === null || body === undefined ? 0 : body.scrollHeight - body.clientHeight;
      return { key: `${step?.dataset['script']}/${step?.dataset['scriptStep']}`, answers, over };
    });
    if (now.over > 0) overflowing.push(`${now.key}: ${now.over} px`);
    const visits = seen.get(now.key) ?? 0;
    seen.set(now.key, visits + 1);
    await call.press(now.answers === 0 ? 'Alt+Enter' : `Alt+${(visits % now.answers) + 1}`);
    await call.press('Alt+g');
  }
  throw new Error(`${id} does not end`);
}
