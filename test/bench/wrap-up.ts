/**
 * Wrap-up: what it costs the hands, from the wrap-up screen in front to the desk clean again, in the real app.
 * Keys are pressed at a person's pace and counted by the page itself, modifiers included (Ctrl+Enter is two);
 * reading time is not in it. `node scripts/run.mjs --build test/bench/wrap-up.ts [rounds]`
 */
import { expect } from '@playwright/test';
import { startDesk, type Desk } from '../e2e/fixtures.ts';
import { CallPage } from '../e2e/pages/call-page.ts';
import { percentile, round, withFolder } from './lib-app.ts';

/** Time per keystroke of an average typist (ms): Card, Moran and Newell, keystroke-level model, 1980. */
const PACE_MS = 200;
const rounds = Number(process.argv[2] ?? 3);

/** Calls of a retail morning: the script walked, the note typed in the call, the outcome the agent has in mind. */
const CALLS = [
  { script: 'order status', note: 'Parcel is with the carrier, due tomorrow before noon.', outcome: 'Status given, on time' },
  { script: 'late delivery', note: 'Two days late, new date is Thursday, caller is fine with it.', outcome: 'Late, new date given' },
  { script: 'return and refund', note: 'Shoes too small, return label sent by e-mail.', outcome: 'Return booked' },
  { script: 'explain a bill', note: 'Went through the bill, the extra line was the set-up fee.', outcome: 'Bill explained' },
  { script: 'damaged item', note: 'Kettle arrived cracked, replacement goes out today.', outcome: 'Damaged or wrong item, replacement sent' },
  { script: 'account locked', note: 'Signed in again after the reset, watched it work.', outcome: 'Account unlocked' },
  { script: 'late delivery', note: 'Date moved to Friday, caller will be in.', outcome: 'Late, new date given' },
  { script: 'missing delivery', note: 'Not at the neighbour, sent again by express.', outcome: 'Not arrived, sent again' },
];

type Cost = { keystrokes: number; ms: number };

await withFolder(async (dir) => {
  const desk = await startDesk(dir);
  const costs: Cost[] = [];
  for (let turn = 0; turn < rounds; turn += 1) for (const call of CALLS) costs.push(await wrapUp(desk, call));
  const keys = costs.map((cost) => cost.keystrokes);
  const times = costs.map((cost) => cost.ms);
  console.log(JSON.stringify({ bench: 'wrap-up', wrapUps: costs.length, paceMs: PACE_MS, keystrokesMedian: percentile(keys, 0.5), keystrokesP95: percentile(keys, 0.95), handsOnMsMedian: round(percentile(times, 0.5), 0), handsOnMsP95: round(percentile(times, 0.95), 0) }));
  await desk.app.close();
});

/** One call up to its end, then the part that is measured. */
async function wrapUp(desk: Desk, { script, note, outcome }: (typeof CALLS)[number]): Promise<Cost> {
  const { page } = desk;
  const call = new CallPage(page);
  await call.press('F9');
  await call.expectState('Talking');
  await call.openScript(script);
  await call.focusNote();
  await page.keyboard.type(note);
  await call.expectSaved();
  await call.press('F10');
  await call.expectState('Wrap-up');
  const input = page.getByLabel('Outcome: number, or type to find');
  await expect(input).toBeFocused();
  const choices = page.getByRole('group', { name: 'Outcomes' }).getByRole('button');
  await expect(choices.first()).toBeVisible();
  await page.evaluate(countKeys);

  const begun = performance.now();
  const labels = await choices.locator('span span:first-child').allInnerTexts();
  const at = labels.indexOf(outcome);
  if (at >= 0) await tap(desk, String(at + 1));
  else await typeAhead(desk, outcome);
  await tap(desk, 'Control+Enter', 2);
  await call.expectState('No call');
  const ms = performance.now() - begun;
  const kept = await page.evaluate(readKeys);
  return { keystrokes: kept, ms };
}

/** A key at a person's pace; a chord takes as long as its keys. */
async function tap({ page }: Desk, key: string, keys = 1): Promise<void> {
  await page.waitForTimeout(PACE_MS * keys);
  await page.keyboard.press(key);
}

/** Types the outcome's words until it stands first, and takes it. */
async function typeAhead(desk: Desk, outcome: string): Promise<void> {
  const first = desk.page.getByRole('group', { name: 'Outcomes' }).getByRole('button').first();
  for (const letter of outcome) {
    await tap(desk, letter === ' ' ? 'Space' : letter);
    if ((await first.innerText()).includes(outcome)) break;
  }
  await tap(desk, 'Enter');
}

/** Runs in the page: from now on every key that goes down is counted. */
function countKeys(): void {
  const state = globalThis as { keysDown?: number };
  if (state.keysDown === undefined) addEventListener('keydown', () => (state.keysDown = (state.keysDown ?? 0) + 1), true);
  state.keysDown = 0;
}

function readKeys(): number {
  return (globalThis as { keysDown?: number }).keysDown ?? Number.NaN;
}
